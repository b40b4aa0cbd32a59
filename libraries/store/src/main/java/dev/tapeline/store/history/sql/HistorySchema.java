package dev.tapeline.store.history.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The tables of the history. */
final class HistorySchema {

  /** Any number that no other program locks: nodes that start together make the tables in turn. */
  private static final long LOCK = 0x7461_7065_6869_7374L;

  private HistorySchema() {}

  /** Makes the tables that are not there. */
  static void create(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(%d)".formatted(LOCK));
      statement.execute("set local client_min_messages = warning");
      statement.execute(script());
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static String script() {
    try (InputStream in = HistorySchema.class.getResourceAsStream("history.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
