package dev.tapeline.store.history.sql;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads rows of one series by a connection. */
final class HistoryReader {

  private static final int PATIENCE_SECONDS = 10;

  private final Connection connection;
  private final SeriesNumbers numbers;

  HistoryReader(Connection connection, SeriesNumbers numbers) {
    this.connection = connection;
    this.numbers = numbers;
  }

  private interface RowReader<T> {

    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(SeriesKey key, Span span, String select, RowReader<T> reader)
      throws SQLException {
    List<T> found = new ArrayList<>();
    OptionalInt number = numbers.number(connection, key);
    if (number.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      statement.setInt(1, number.getAsInt());
      statement.setLong(2, span.from());
      statement.setLong(3, span.to());
      statement.setInt(4, span.limit());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    }
    return found;
  }

  List<Bar> bars(SeriesKey key, Frame frame, Span span) throws SQLException {
    String select =
        RowSheets.tableOf(frame.isIntraday())
            .select(
                "t, open, high, low, close, volume, count, revision, partial", span.newestFirst());
    return read(key, span, select, row -> bar(frame, row));
  }

  private static Bar bar(Frame frame, ResultSet row) throws SQLException {
    Ohlc prices =
        new Ohlc(
            row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4), row.getBigDecimal(5));
    Bar.State state = new Bar.State(true, row.getInt(8), row.getBoolean(9));
    return new Bar(frame, row.getLong(1), prices, row.getBigDecimal(6), row.getLong(7), state);
  }

  List<HistoryRow.OfTick> ticks(SeriesKey key, Span span) throws SQLException {
    String select =
        HistoryTable.TICKS.select("t, id, ordinal, price, quantity, aggressor", span.newestFirst());
    return read(key, span, select, row -> tick(key, row));
  }

  private static HistoryRow.OfTick tick(SeriesKey key, ResultSet row) throws SQLException {
    long id = row.getLong(2);
    long idOrNone = row.wasNull() ? Tick.NO_ID : id;
    String side = row.getString(6);
    return new HistoryRow.OfTick(
        key.series(),
        row.getLong(1),
        idOrNone,
        row.getInt(3),
        row.getBigDecimal(4),
        row.getBigDecimal(5),
        side == null ? null : Side.valueOf(side));
  }

  List<HistoryRow.OfChain> chains(SeriesKey key, LocalDate expiry, Span span) throws SQLException {
    String select = HistoryTable.CHAINS.select("t, body", span.newestFirst());
    return read(
        key,
        span,
        select,
        row -> new HistoryRow.OfChain(key.series(), expiry, row.getLong(1), row.getBytes(2)));
  }

  List<HistoryRow.OfFigure> figures(SeriesKey key, Figure figure, Span span) throws SQLException {
    String select = HistoryTable.FIGURES.select("t, value", span.newestFirst());
    return read(
        key,
        span,
        select,
        row -> new HistoryRow.OfFigure(key.series(), figure, row.getLong(1), row.getDouble(2)));
  }
}
