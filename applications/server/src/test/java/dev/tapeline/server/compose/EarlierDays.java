package dev.tapeline.server.compose;

import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.sql.SqlHistory;
import java.util.List;
import java.util.stream.IntStream;

/** Databases whose history has volatilities of earlier days. */
final class EarlierDays {

  static final int COUNT = 100;
  private static final long DAY = 86_400_000;

  private EarlierDays() {}

  /** The address of a database with the hundred days before today of each of these series. */
  static String database(Series... all) {
    String address = PostgresForTests.newDatabase();
    try (Database database = PostgresForTests.upDatabase(address)) {
      SqlHistory history = new SqlHistory(database.jdbi());
      for (Series series : all) {
        history.append(rows(series));
      }
    }
    return address;
  }

  /** Days of 5 %, 5.5 % and so on. */
  private static List<HistoryRow> rows(Series series) {
    long today = System.currentTimeMillis() / DAY;
    return IntStream.range(0, COUNT)
        .mapToObj(i ->
            (HistoryRow)
                new HistoryRow.OfFigure(
                    series, Figure.ATM_IV, (today - COUNT + i) * DAY, 5 + i / 2.0))
        .toList();
  }
}
