package dev.tapeline.store.history.sql;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.BarSeries;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The history in PostgreSQL. Rows are copied in, a transaction a batch. Bars within a day, ticks
 * and chains have a partition for each day UTC, which is dropped as a whole when it is too old.
 * Safe for all threads.
 */
public final class SqlHistory implements History {

  private final Jdbi database;
  private final SeriesNumbers numbers = new SeriesNumbers();
  private final DayPartitions partitions = new DayPartitions();

  /** A history in a database that has the tables of {@code V1__history.sql}. */
  public SqlHistory(Jdbi database) {
    this.database = database;
  }

  /** Something to do with a connection. */
  private interface Work<T> {

    T run(Connection connection) throws SQLException;
  }

  private <T> T with(Work<T> work) {
    try (Handle handle = database.open()) {
      return work.run(handle.getConnection());
    } catch (SQLException e) {
      throw explained(e);
    } catch (JdbiException e) { // no connection, or one that can't be given back
      throw explained(new SQLException(rootOf(e).getMessage(), e));
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootOf(cause);
  }

  /** What failed; the next use asks for all numbers anew, as the database may be another one. */
  private HistoryException explained(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String message = "PostgreSQL: " + failure.getMessage();
    if (state.startsWith("22") || state.startsWith("23")) {
      return HistoryException.refused(message, failure);
    }
    numbers.forget();
    partitions.forget();
    return HistoryException.away(message, failure);
  }

  @Override
  public void append(List<HistoryRow> rows) {
    with(connection -> {
      Set<SeriesKey> keys = rows.stream().map(SeriesKey::of).collect(Collectors.toSet());
      Map<SeriesKey, Integer> ids = numbers.numbers(connection, keys);
      RowSheets sheets = new RowSheets(rows, ids);
      for (RowSheets.Day day : sheets.days()) {
        partitions.prepare(connection, day.table(), day.date());
      }
      return write(connection, sheets);
    });
  }

  private static boolean write(Connection connection, RowSheets sheets) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (Map.Entry<HistoryTable, CopyText> sheet : sheets.sheets().entrySet()) {
        sheet.getKey().write(connection, sheet.getValue());
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public List<BarSeries> barSeries(String symbol) {
    return with(connection ->
        numbers.ofSymbol(connection, symbol, SeriesKey.BAR).stream()
            .map(key -> new BarSeries(key.series(), Frame.parse(key.part())))
            .toList());
  }

  @Override
  public List<Series> tickSeries(String symbol) {
    return seriesOf(symbol, SeriesKey.TICK, "");
  }

  @Override
  public List<Series> chainSeries(String underlying, LocalDate expiry) {
    return seriesOf(underlying, SeriesKey.CHAIN, expiry.toString());
  }

  @Override
  public List<Series> figureSeries(String symbol, Figure figure) {
    return seriesOf(symbol, SeriesKey.FIGURE, figure.word());
  }

  private List<Series> seriesOf(String symbol, String kind, String part) {
    return with(connection ->
        numbers.ofSymbol(connection, symbol, kind).stream()
            .filter(key -> key.part().equals(part))
            .map(SeriesKey::series)
            .toList());
  }

  @Override
  public List<Bar> bars(Series series, Frame frame, Span span) {
    SeriesKey key = new SeriesKey(series, SeriesKey.BAR, frame.toString());
    return with(connection -> reader(connection).bars(key, frame, span));
  }

  @Override
  public List<HistoryRow.OfTick> ticks(Series series, Span span) {
    SeriesKey key = new SeriesKey(series, SeriesKey.TICK, "");
    return with(connection -> reader(connection).ticks(key, span));
  }

  @Override
  public List<HistoryRow.OfChain> chains(Series series, LocalDate expiry, Span span) {
    SeriesKey key = new SeriesKey(series, SeriesKey.CHAIN, expiry.toString());
    return with(connection -> reader(connection).chains(key, expiry, span));
  }

  @Override
  public List<HistoryRow.OfFigure> figures(Series series, Figure figure, Span span) {
    SeriesKey key = new SeriesKey(series, SeriesKey.FIGURE, figure.word());
    return with(connection -> reader(connection).figures(key, figure, span));
  }

  private HistoryReader reader(Connection connection) {
    return new HistoryReader(connection, numbers);
  }

  /** Makes the partitions of today and tomorrow, and drops those of days that are too old. */
  @Override
  public void keep(Retention retention, Instant now) {
    with(connection -> {
      keep(connection, HistoryTable.BARS, retention.bars(), now);
      keep(connection, HistoryTable.TICKS, retention.ticks(), now);
      keep(connection, HistoryTable.CHAINS, retention.chains(), now);
      return true;
    });
  }

  private void keep(Connection connection, HistoryTable table, Duration time, Instant now)
      throws SQLException {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    partitions.prepare(connection, table, today);
    partitions.prepare(connection, table, today.plusDays(1));
    LocalDate first = LocalDate.ofInstant(now.minus(time), ZoneOffset.UTC);
    partitions.dropBefore(connection, table, first);
  }

  /** The pool of connections belongs to whoever gave it. */
  @Override
  public void close() {}
}
