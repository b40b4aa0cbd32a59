package dev.tapeline.store.history.sql;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.HistoryRow;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A batch of rows, sorted by table, in the form in which they are copied. */
final class RowSheets {

  private final Map<HistoryTable, CopyText> sheets = new LinkedHashMap<>();
  private final Set<Day> days = new LinkedHashSet<>();

  /** A day of a table. */
  record Day(HistoryTable table, LocalDate date) {}

  /**
   * @param numbers of the series of all rows
   */
  RowSheets(List<HistoryRow> rows, Map<SeriesKey, Integer> numbers) {
    for (HistoryRow row : rows) {
      HistoryTable table = tableOf(row);
      if (table.partitioned()) {
        days.add(new Day(table, DayPartitions.day(row.time())));
      }
      CopyText sheet = sheets.computeIfAbsent(table, _ -> new CopyText());
      Integer number = numbers.get(SeriesKey.of(row));
      if (number == null) {
        throw new IllegalArgumentException("no number of the series of " + row);
      }
      add(row, sheet.add(number.longValue()).add(row.time()));
      sheet.endRow();
    }
  }

  private static HistoryTable tableOf(HistoryRow row) {
    return switch (row) {
      case HistoryRow.OfBar(_, Bar bar) -> tableOf(bar.frame().isIntraday());
      case HistoryRow.OfTick _ -> HistoryTable.TICKS;
      case HistoryRow.OfChain _ -> HistoryTable.CHAINS;
      case HistoryRow.OfFigure _ -> HistoryTable.FIGURES;
    };
  }

  static HistoryTable tableOf(boolean intraday) {
    return intraday ? HistoryTable.BARS : HistoryTable.LONG_BARS;
  }

  private static void add(HistoryRow row, CopyText sheet) {
    switch (row) {
      case HistoryRow.OfBar(_, Bar bar) -> add(bar, sheet);
      case HistoryRow.OfTick tick -> add(tick, sheet);
      case HistoryRow.OfChain chain -> sheet.add(chain.json());
      case HistoryRow.OfFigure figure -> sheet.add(figure.value());
    }
  }

  private static void add(Bar bar, CopyText sheet) {
    sheet
        .add(bar.prices().open())
        .add(bar.prices().high())
        .add(bar.prices().low())
        .add(bar.prices().close())
        .add(bar.volume())
        .add(bar.count())
        .add(bar.state().revision())
        .add(bar.state().partial());
  }

  private static void add(HistoryRow.OfTick tick, CopyText sheet) {
    if (tick.id() == Tick.NO_ID) {
      sheet.addWord(null);
    } else {
      sheet.add(tick.id());
    }
    sheet
        .add(tick.ordinal())
        .add(tick.price())
        .add(tick.quantity())
        .addWord(tick.aggressor() == null ? null : tick.aggressor().name());
  }

  Map<HistoryTable, CopyText> sheets() {
    return sheets;
  }

  /** The days of partitioned tables that have rows. */
  Set<Day> days() {
    return days;
  }
}
