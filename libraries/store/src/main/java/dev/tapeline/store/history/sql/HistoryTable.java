package dev.tapeline.store.history.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * A table of the history, and how rows get into it: they are copied into a temporary table, and
 * from there those that are better than what is there already are taken.
 *
 * @param partitioned whether it has a partition for each day
 * @param columns by comma, in the order of copied rows
 * @param key the columns that tell rows apart, by comma
 * @param order the better one of two rows of a batch with the same key comes first
 * @param merge what becomes of a row whose key is there already
 */
record HistoryTable(
    String name, boolean partitioned, String columns, String key, String order, String merge) {

  private static final String SERIES = "series, ";
  private static final String BAR_COLUMNS =
      "series, t, open, high, low, close, volume, count, revision, partial";

  static final HistoryTable BARS = bars("history_bars", true);
  static final HistoryTable LONG_BARS = bars("history_long_bars", false);
  static final HistoryTable TICKS =
      new HistoryTable(
          "history_ticks",
          true,
          "series, t, id, ordinal, price, quantity, aggressor",
          "series, t, id, ordinal",
          "n",
          "do nothing");
  static final HistoryTable CHAINS =
      new HistoryTable(
          "history_chains",
          true,
          "series, t, body",
          "series, t",
          "n desc",
          "do update set body = excluded.body");
  static final HistoryTable FIGURES =
      new HistoryTable(
          "history_figures",
          false,
          "series, t, value",
          "series, t",
          "n desc",
          "do update set value = excluded.value");

  private static HistoryTable bars(String name, boolean partitioned) {
    return new HistoryTable(
        name,
        partitioned,
        BAR_COLUMNS,
        "series, t",
        "partial, revision desc, n desc",
        """
        do update set open = excluded.open, high = excluded.high, low = excluded.low,
          close = excluded.close, volume = excluded.volume, count = excluded.count,
          revision = excluded.revision, partial = excluded.partial
        where old.partial and not excluded.partial
          or old.partial = excluded.partial and excluded.revision >= old.revision\
        """);
  }

  private String staging() {
    return "stage_" + name;
  }

  /** Writes rows, within the transaction of the connection. */
  void write(Connection connection, CopyText rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temp table if not exists %s (like %s, n serial) on commit delete rows"
              .formatted(staging(), name));
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy %s (%s) from stdin".formatted(staging(), columns),
              new ByteArrayInputStream(rows.bytes()));
      statement.execute(
          """
          insert into %s as old (%s)
          select distinct on (%s) %s from %s order by %s, %s
          on conflict (%s) %s\
          """
              .formatted(name, columns, key, columns, staging(), key, order, key, merge));
    } catch (IOException e) {
      throw new SQLException("can't copy rows to " + name, e);
    }
  }

  /** A query for columns of a series in a span; its parameters are series, from, to and limit. */
  String select(String wanted, boolean newestFirst) {
    String way = newestFirst ? " desc" : "";
    String order = key.substring(SERIES.length()).replace(",", way + ",") + way;
    return "select %s from %s where series = ? and t >= ? and t < ? order by %s limit ?"
        .formatted(wanted, name, order);
  }
}
