package dev.tapeline.store.history.sql;

import dev.tapeline.store.history.HistoryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions of the tables, one for each day UTC that has rows. Safe for all threads. */
final class DayPartitions {

  private static final long DAY_MILLIS = 86_400_000;
  private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

  /** Rows outside of these years have a wrong time, and would each get a partition. */
  private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);

  private static final LocalDate LAST = LocalDate.of(2099, 12, 31);
  private static final int MAX_PARTITIONS = 5_000;

  private static final String CHILDREN =
      """
      select c.relname from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      join pg_class p on p.oid = i.inhparent
      where p.relname = ? and pg_table_is_visible(p.oid)\
      """;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Forgets which there are: another node may have dropped some. */
  void forget() {
    known.clear();
  }

  static LocalDate day(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
  }

  /** Makes the partition of a day unless it is there. */
  void prepare(Connection connection, HistoryTable table, LocalDate day) throws SQLException {
    String name = table.name() + "_" + NAME.format(day);
    if (!known.contains(name)) {
      checkDay(day);
      create(connection, table, day, name);
      known.add(name);
    }
  }

  private void checkDay(LocalDate day) {
    if (day.isBefore(FIRST) || day.isAfter(LAST) || known.size() >= MAX_PARTITIONS) {
      throw HistoryException.refused(
          "no partition for %s: %s to %s, %d at most".formatted(day, FIRST, LAST, MAX_PARTITIONS),
          new IllegalArgumentException(day.toString()));
    }
  }

  private static void create(Connection connection, HistoryTable table, LocalDate day, String name)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists %s partition of %s for values from (%d) to (%d)"
              .formatted(name, table.name(), begin(day), begin(day.plusDays(1))));
    }
  }

  private static long begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Drops the days before this one. */
  void dropBefore(Connection connection, HistoryTable table, LocalDate first) throws SQLException {
    String oldest = table.name() + "_" + NAME.format(first);
    for (String name : names(connection, table)) {
      if (name.compareTo(oldest) < 0) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("drop table if exists " + name);
        }
        known.remove(name);
      }
    }
  }

  private static List<String> names(Connection connection, HistoryTable table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(CHILDREN)) {
      select.setString(1, table.name());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }
}
