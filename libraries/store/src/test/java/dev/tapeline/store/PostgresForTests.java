package dev.tapeline.store;

import dev.tapeline.store.database.Database;
import dev.tapeline.store.database.DatabaseAddress;
import dev.tapeline.store.database.Migrations;
import dev.tapeline.store.postgres.EmbeddedPostgres;
import dev.tapeline.store.postgres.PostgresLogin;
import dev.tapeline.store.postgres.PostgresState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The real PostgreSQL of the tests: one server for all tests of a JVM, started by the first that
 * asks, with a database of its own for each. It ends with the JVM.
 */
public final class PostgresForTests {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {

    private static final PostgresLogin LOGIN = start();

    private static PostgresLogin start() {
      try {
        Path folder = Files.createTempDirectory("tapeline-postgres");
        fill(folder);
        EmbeddedPostgres server = new EmbeddedPostgres(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
        return awaitUp(server);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private PostgresForTests() {}

  private static void end(EmbeddedPostgres server, Path folder) {
    server.close();
    remove(folder);
  }

  /** A folder with an empty database, which is copied where one is needed: making it takes long. */
  private static final class Made {

    private static final Path FOLDER = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("tapeline-postgres");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        try (EmbeddedPostgres server = new EmbeddedPostgres(folder)) {
          awaitUp(server);
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Puts an empty database into the folder of an embedded server. */
  public static void fill(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Made.FOLDER)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(Made.FOLDER.relativize(file));
        if (!copy.equals(folder)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Starts the server, waits until it is up, and returns its login. */
  public static PostgresLogin awaitUp(EmbeddedPostgres server) {
    server.start();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (server.login().isEmpty()) {
      if (System.nanoTime() > end || server.state() instanceof PostgresState.Down) {
        throw new AssertionError("PostgreSQL is not up: " + server.state());
      }
      pause();
    }
    return server.login().orElseThrow();
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The address of a new, empty database, as {@code DATABASE_URL} has it. */
  public static String newDatabase() {
    PostgresLogin login = Shared.LOGIN;
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection connection = connect(login, PostgresLogin.DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(login.user(), login.password(), PostgresLogin.HOST, login.port(), name);
  }

  /** A new database that is up, with the migrations of the program. The caller closes it. */
  public static Database upDatabase() {
    return upDatabase(newDatabase());
  }

  /** The same of the database at an address. */
  public static Database upDatabase(String address) {
    Database database = Database.at(DatabaseAddress.parse(address), Migrations.OF_TAPELINE);
    awaitUp(database);
    return database;
  }

  /** Starts the database and waits until it is up. */
  public static void awaitUp(Database database) {
    database.start();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!database.isUp()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the database is " + database.state().words());
      }
      pause();
    }
  }

  /** A plain connection to a server. */
  public static Connection connect(PostgresLogin login, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(PostgresLogin.HOST, login.port(), database),
        login.user(),
        login.password());
  }

  /** Removes a folder with all that is in it. */
  public static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
