package dev.tapeline.store.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.store.PostgresForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databases on a real server, by URL. */
class DatabaseTest {

  private static final Migrations STEPS = new Migrations("dev/tapeline/store/database/steps");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Database> databases = new ArrayList<>();

  private Database database(String url) {
    Database database = Database.at(DatabaseAddress.parse(url), STEPS);
    databases.add(database);
    return database;
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  private static void await(Database database, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "still " + database.state().words());
      Thread.sleep(5);
    }
  }

  @Test
  void nothingHappensBeforeTheStart() {
    Database database = database("postgres://u:p@127.0.0.1:1/none");
    assertEquals(new DatabaseState.Idle(), database.state());
    assertThrows(ConnectionException.class, () -> count(database));
  }

  @Test
  void twoNodesRunTheMigrationsOnce() throws Exception {
    String url = PostgresForTests.newDatabase();
    Database one = database(url);
    Database other = database(url);
    AtomicInteger hooks = new AtomicInteger();
    one.whenUp(hooks::incrementAndGet);
    one.start();
    other.start();
    await(one, one::isUp);
    await(other, other::isUp);
    await(one, () -> hooks.get() == 1);
    one.whenUp(hooks::incrementAndGet);
    await(one, () -> hooks.get() == 2);
    assertEquals(0, count(one));
    assertEquals(0, count(other));
    assertEquals(1, number(one, "select count(*) from flyway_schema_history where version = '1'"));
  }

  private static int number(Database database, String query) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(query).mapTo(Integer.class).one());
  }

  private static int count(Database database) {
    return number(database, "select n from counter where id = 1");
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() throws Exception {
    String url = PostgresForTests.newDatabase().replaceFirst(":[^:@]+@", ":hunter2@");
    Database database = database(url);
    database.start();
    await(database, () -> database.state() instanceof DatabaseState.Down);
    String words = database.state().words();
    assertTrue(words.contains("the password of user tapeline is refused"), words);
    assertFalse(words.contains("hunter2"), words);
  }

  @Test
  void aMissingDatabaseIsNamed() throws Exception {
    Database database = database(PostgresForTests.newDatabase() + "_none");
    database.start();
    await(database, () -> database.state() instanceof DatabaseState.Down);
    assertTrue(database.state().words().endsWith("there is no such database: create it"));
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    Database database = database("postgres://u:p@127.0.0.1:1/none");
    database.start();
    await(database, () -> database.state() instanceof DatabaseState.Down);
    String words = database.state().words();
    assertTrue(words.contains("nobody answers there (Connection to 127.0.0.1:1 refused"), words);
  }

  @Test
  void aLostConnectionComesBack() throws Exception {
    Database database = database(PostgresForTests.newDatabase());
    AtomicInteger ups = new AtomicInteger();
    database.whenUp(ups::incrementAndGet);
    database.start();
    await(database, () -> ups.get() == 1);
    assertEquals(0, database.stats().outages());
    endConnections(database);
    await(database, () -> ups.get() == 2);
    assertEquals(0, count(database));
    assertEquals(1, database.stats().outages());
  }

  /** Ends all connections to the database, the one that is used for it too. */
  private static void endConnections(Database database) {
    String all =
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()";
    database.jdbi().useHandle(handle -> handle.execute(all));
  }

  @Test
  void statementsHaveALimit() {
    Database database = database(PostgresForTests.newDatabase());
    PostgresForTests.awaitUp(database);
    String limit =
        database
            .jdbi()
            .withHandle(
                handle -> handle.createQuery("show statement_timeout").mapTo(String.class).one());
    assertEquals("30s", limit);
  }

  @Test
  void aServerThatTakesNoWritesIsDown() throws Exception {
    String url = PostgresForTests.newDatabase();
    Database database = database(url + "?options=-c%20default_transaction_read_only=on");
    database.start();
    await(database, () -> database.state() instanceof DatabaseState.Down);
    assertInstanceOf(DatabaseState.Down.class, database.state());
    assertTrue(database.state().words().contains("it takes no writes"));
  }
}
