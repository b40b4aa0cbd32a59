package dev.tapeline.store.history.sql;

import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The numbers that stand for series in rows, as the database gives them out; those that were asked
 * for are remembered, up to a limit. Safe for all threads.
 */
final class SeriesNumbers {

  private static final int MAX_REMEMBERED = 500_000;

  private static final String INSERT =
      """
      insert into history_series (symbol, source, origin, kind, part)
      select * from unnest(?, ?, ?, ?, ?) on conflict do nothing\
      """;

  private static final String SELECT =
      """
      select s.id, s.symbol, s.source, s.origin, s.kind, s.part
      from history_series s
      join unnest(?, ?, ?, ?, ?) as k(symbol, source, origin, kind, part)
        using (symbol, source, origin, kind, part)\
      """;

  private static final String SELECT_OF_SYMBOL =
      "select id, symbol, source, origin, kind, part from history_series"
          + " where symbol = ? and kind = ?";

  private final Map<SeriesKey, Integer> known = new ConcurrentHashMap<>();

  /** Forgets all numbers: the database may be another one. */
  void forget() {
    known.clear();
  }

  /** The numbers of all these, each of which has one from now on. */
  Map<SeriesKey, Integer> numbers(Connection connection, Set<SeriesKey> keys) throws SQLException {
    List<SeriesKey> unknown = keys.stream().filter(key -> !known.containsKey(key)).toList();
    if (!unknown.isEmpty()) {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        fill(insert, connection, unknown);
        insert.executeUpdate();
      }
      read(connection, unknown);
    }
    return keys.stream().collect(Collectors.toMap(Function.identity(), known::get));
  }

  /** The number of a series, if it has any rows. */
  OptionalInt number(Connection connection, SeriesKey key) throws SQLException {
    if (!known.containsKey(key)) {
      read(connection, List.of(key));
    }
    Integer number = known.get(key);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The series of an instrument that have rows of a kind. */
  List<SeriesKey> ofSymbol(Connection connection, String symbol, String kind) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT_OF_SYMBOL)) {
      select.setString(1, symbol);
      select.setString(2, kind);
      return read(select);
    }
  }

  private void read(Connection connection, List<SeriesKey> keys) throws SQLException {
    if (known.size() + keys.size() > MAX_REMEMBERED) {
      known.clear();
    }
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      fill(select, connection, keys);
      read(select);
    }
  }

  private List<SeriesKey> read(PreparedStatement select) throws SQLException {
    List<SeriesKey> keys = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Series series =
            new Series(rows.getString(2), rows.getString(3), Origin.parse(rows.getString(4)));
        SeriesKey key = new SeriesKey(series, rows.getString(5), rows.getString(6));
        known.put(key, rows.getInt(1));
        keys.add(key);
      }
    }
    return keys;
  }

  private static void fill(
      PreparedStatement statement, Connection connection, Collection<SeriesKey> keys)
      throws SQLException {
    statement.setArray(1, texts(connection, keys, key -> key.series().symbol()));
    statement.setArray(2, texts(connection, keys, key -> key.series().source()));
    statement.setArray(3, texts(connection, keys, key -> key.series().origin().word()));
    statement.setArray(4, texts(connection, keys, SeriesKey::kind));
    statement.setArray(5, texts(connection, keys, SeriesKey::part));
  }

  private static Array texts(
      Connection connection, Collection<SeriesKey> keys, Function<SeriesKey, String> text)
      throws SQLException {
    return connection.createArrayOf("text", keys.stream().map(text).toArray());
  }
}
