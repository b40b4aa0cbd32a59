package dev.tapeline.store.history.questdb;

import java.util.List;

/**
 * The tables in QuestDB. All revisions of a bar are kept, and a query takes the best one: an
 * insertion there can't compare itself with what is there.
 */
final class QuestdbTables {

  static final String SERIES = "history_series";
  static final String BARS = "history_bars";
  static final String LONG_BARS = "history_long_bars";
  static final String TICKS = "history_ticks";
  static final String CHAINS = "history_chains";
  static final String FIGURES = "history_figures";

  private static final String OF_SERIES =
      "(ts timestamp, symbol symbol capacity 4096 index, source symbol, origin symbol, ";
  private static final String KEYS = "wal dedup upsert keys(ts, symbol, source, origin, ";
  private static final String BAR_COLUMNS =
      "tf symbol, open double, high double, low double, close double, volume double, trades long,"
          + " revision long, partial boolean, price_scale long, volume_scale long, exact varchar) ";

  /** Statements that make the tables that are not there. */
  static final List<String> STATEMENTS =
      List.of(
          table(SERIES, "kind symbol, part symbol, there boolean) ", "year", "kind, part)"),
          table(BARS, BAR_COLUMNS, "day", "tf, partial, revision)"),
          table(LONG_BARS, BAR_COLUMNS, "year", "tf, partial, revision)"),
          table(
              TICKS,
              "aggressor symbol, id long, ordinal long, price double, quantity double,"
                  + " price_scale long, quantity_scale long, exact varchar) ",
              "day",
              "id, ordinal)"),
          table(CHAINS, "expiry symbol, body varchar) ", "day", "expiry)"),
          table(FIGURES, "figure symbol, value double) ", "year", "figure)"));

  private QuestdbTables() {}

  private static String table(String name, String columns, String partition, String keys) {
    return "create table if not exists %s %s%stimestamp(ts) partition by %s %s%s"
        .formatted(name, OF_SERIES, columns, partition, KEYS, keys);
  }

  static String bars(boolean intraday) {
    return intraday ? BARS : LONG_BARS;
  }
}
