package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.store.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start, the end and the faults of a real server. */
class EmbeddedPostgresTest {

  @TempDir Path folder;

  private final List<EmbeddedPostgres> servers = new ArrayList<>();

  private EmbeddedPostgres server() {
    EmbeddedPostgres server = new EmbeddedPostgres(folder);
    servers.add(server);
    return server;
  }

  @AfterEach
  void close() {
    servers.forEach(EmbeddedPostgres::close);
  }

  @Test
  void dataSurviveAStopAndAStart() throws SQLException {
    EmbeddedPostgres first = server();
    PostgresLogin login = PostgresForTests.awaitUp(first);
    run(login, "create table t (a int)", "insert into t values (7)");
    first.close();
    assertEquals(new PostgresState.Down("it is closed"), first.state());
    assertFalse(Files.exists(PidFile.of(folder.resolve("18/data"))));

    PostgresLogin again = PostgresForTests.awaitUp(server());
    assertEquals(login.password(), again.password());
    assertEquals("7", ask(again, "select a from t"));
    assertEquals("on", ask(again, "show fsync"));
    assertEquals("on", ask(again, "show synchronous_commit"));
    assertEquals("on", ask(again, "show data_checksums"));
    assertEquals("127.0.0.1", ask(again, "show listen_addresses"));
  }

  static void run(PostgresLogin login, String... statements) throws SQLException {
    try (Connection connection = PostgresForTests.connect(login, PostgresLogin.DATABASE);
        var statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  static String ask(PostgresLogin login, String query) throws SQLException {
    try (Connection connection = PostgresForTests.connect(login, PostgresLogin.DATABASE);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
