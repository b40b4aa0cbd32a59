package dev.tapeline.store.database;

import dev.tapeline.store.postgres.EmbeddedPostgres;
import dev.tapeline.store.postgres.PostgresLogin;
import dev.tapeline.store.postgres.PostgresState;
import java.util.Map;
import java.util.Optional;

/** The server that holds the database: our own child process, or one that others run. */
sealed interface DatabaseServer extends AutoCloseable {

  /** Starts the server, if it is ours; calls the listener when its state changes. */
  void start(Runnable onChange);

  /** Where it listens; empty while it does not. */
  Optional<DatabaseAddress> address();

  /** The state while there is no address. */
  DatabaseState state();

  @Override
  void close();

  /** Our own child process. */
  record Embedded(EmbeddedPostgres postgres) implements DatabaseServer {

    @Override
    public void start(Runnable onChange) {
      postgres.onChange(_ -> onChange.run());
      postgres.start();
    }

    @Override
    public Optional<DatabaseAddress> address() {
      return postgres.login().map(Embedded::address);
    }

    private static DatabaseAddress address(PostgresLogin login) {
      String servers =
          "%s:%d/%s".formatted(PostgresLogin.HOST, login.port(), PostgresLogin.DATABASE);
      return new DatabaseAddress(
          servers, login.user(), login.password(), Map.of("sslmode", "disable"));
    }

    @Override
    public DatabaseState state() {
      return switch (postgres.state()) {
        case PostgresState.Down(String reason) -> new DatabaseState.Down(reason);
        case PostgresState.Idle _, PostgresState.Starting _, PostgresState.Up _ ->
            new DatabaseState.Starting();
      };
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  /** A server that others run. */
  record Remote(DatabaseAddress at) implements DatabaseServer {

    @Override
    public void start(Runnable onChange) {}

    @Override
    public Optional<DatabaseAddress> address() {
      return Optional.of(at);
    }

    @Override
    public DatabaseState state() {
      return new DatabaseState.Starting();
    }

    @Override
    public void close() {}
  }
}
