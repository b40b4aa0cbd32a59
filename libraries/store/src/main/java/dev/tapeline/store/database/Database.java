package dev.tapeline.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.tapeline.store.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of this node. A thread of its own makes it ready: it starts the embedded server,
 * connects, runs the migrations, and then watches it by a connection of its own. A database that is
 * away is tried again after at most 4 s, for as long as it takes.
 *
 * <p>While it is not up, {@link #jdbi} fails at once instead of letting callers wait. All methods
 * may be called from any thread; only {@link #close} blocks.
 */
public final class Database implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private static final int MAX_CONNECTIONS = 8;
  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(2);
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(2);
  private static final int ANSWER_SECONDS = 2;
  private static final long LOOK_MILLIS = 1_000;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 4_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  /** What no statement of a request should exceed. Long work sets its own limit. */
  private static final String LIMITS =
      "set statement_timeout = '30s'; set lock_timeout = '5s';"
          + " set idle_in_transaction_session_timeout = '60s'";

  private final DatabaseServer server;
  private final Migrations migrations;
  private final LongAdder outages = new LongAdder();
  private final List<Runnable> hooks = new ArrayList<>();

  /** Work for the thread; an empty task only wakes it. */
  private final LinkedBlockingQueue<Runnable> due = new LinkedBlockingQueue<>();

  private volatile DatabaseState state = new DatabaseState.Idle();
  private volatile @Nullable Pool pool;
  private volatile boolean closing;
  private @Nullable Thread thread;
  private @Nullable Jdbi jdbi;

  /** Connections to the address; another address needs another pool. */
  private record Pool(DatabaseAddress address, HikariDataSource connections) {}

  private Database(DatabaseServer server, Migrations migrations) {
    this.server = server;
    this.migrations = migrations;
  }

  /** A database in a server of our own, with its files in this folder. */
  public static Database embedded(Path folder, Migrations migrations) {
    return new Database(new DatabaseServer.Embedded(new EmbeddedPostgres(folder)), migrations);
  }

  /** A database in a server that others run. */
  public static Database at(DatabaseAddress address, Migrations migrations) {
    return new Database(new DatabaseServer.Remote(address), migrations);
  }

  /** Makes the database ready, beside the caller; does nothing if that was asked for before. */
  public synchronized void start() {
    if (thread == null && !closing) {
      state = new DatabaseState.Starting();
      thread = Thread.ofPlatform().daemon().name("tapeline-database").start(this::run);
    }
  }

  public DatabaseState state() {
    return state;
  }

  public boolean isUp() {
    return state instanceof DatabaseState.Up;
  }

  /**
   * The way to the database. While it is not up, each use fails at once with a {@link
   * org.jdbi.v3.core.ConnectionException}.
   */
  public synchronized Jdbi jdbi() {
    Jdbi present = jdbi == null ? Jdbi.create(this::connection) : jdbi;
    jdbi = present;
    return present;
  }

  /**
   * Calls the hook each time the database comes up, and soon if it is up already. It runs on the
   * thread of the database, and must be short.
   */
  public synchronized void whenUp(Runnable hook) {
    hooks.add(hook);
    if (isUp()) {
      due.add(hook);
    }
  }

  public DatabaseStats stats() {
    Pool present = pool;
    HikariPoolMXBean figures = present == null ? null : present.connections().getHikariPoolMXBean();
    return figures == null
        ? new DatabaseStats(outages.sum(), 0, 0, 0)
        : new DatabaseStats(
            outages.sum(),
            figures.getActiveConnections(),
            figures.getIdleConnections(),
            figures.getThreadsAwaitingConnection());
  }

  private Connection connection() throws SQLException {
    Pool present = pool;
    if (present == null || !isUp()) {
      throw new SQLTransientConnectionException("the database is " + state.words());
    }
    return present.connections().getConnection();
  }

  private void run() {
    server.start(this::wake);
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!closing) {
        Optional<DatabaseAddress> address = server.address();
        if (address.isEmpty()) {
          become(server.state());
          runDue();
        } else if (useUntilLost(address.get())) {
          pause = FIRST_PAUSE_MILLIS;
        } else {
          Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException _) {
      log.debug("the database is closed");
    }
  }

  private void wake() {
    due.add(() -> {});
  }

  /** Works with the database until it is lost; false if it could not be used at all. */
  private boolean useUntilLost(DatabaseAddress address) throws InterruptedException {
    try (Connection own = address.source().getConnection()) {
      String version = version(own);
      migrations.run(address.source(), address.schema());
      comeUp(address, version);
      watch(own, address);
      outages.increment();
      become(new DatabaseState.Down(address + ": the connection is lost"));
      return true;
    } catch (SQLException e) {
      become(new DatabaseState.Down(SqlProblems.text(e, address)));
      return false;
    }
  }

  /**
   * The version of the server.
   *
   * @throws SQLException also if it takes no writes, as a standby does
   */
  private static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version'),"
                    + " current_setting('transaction_read_only')")) {
      row.next();
      if (row.getString(2).equals("on")) {
        throw new SQLException("it takes no writes: name the primary, not a standby", "25006");
      }
      return row.getString(1).split(" ", -1)[0];
    }
  }

  private void comeUp(DatabaseAddress address, String version) {
    Pool present = pool;
    if (present == null || !present.address().equals(address)) {
      pool = new Pool(address, new HikariDataSource(config(address)));
      if (present != null) {
        present.connections().close();
      }
    } else {
      present.connections().getHikariPoolMXBean().softEvictConnections();
    }
    synchronized (this) {
      become(new DatabaseState.Up(version));
      due.addAll(hooks);
    }
  }

  private static HikariConfig config(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("tapeline-pool");
    config.setDataSource(address.source());
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_LIMIT.toMillis());
    config.setConnectionTimeout(CONNECTION_LIMIT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(LIMITS);
    return config;
  }

  /** Returns when the server no longer answers, or listens elsewhere. */
  private void watch(Connection own, DatabaseAddress address)
      throws SQLException, InterruptedException {
    while (own.isValid(ANSWER_SECONDS) && server.address().filter(address::equals).isPresent()) {
      runDue();
    }
  }

  /** Waits for work, for a limited time, and does it. */
  private void runDue() throws InterruptedException {
    Runnable task = due.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    if (task == null) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("what was to be done when the database came up has failed", e);
    }
  }

  private void become(DatabaseState changed) {
    if (!changed.equals(state)) {
      state = changed;
      switch (changed) {
        case DatabaseState.Up(String version) ->
            log.info("the database is up: PostgreSQL {}", version);
        case DatabaseState.Down(String reason) -> log.warn("the database is down: {}", reason);
        case DatabaseState.Idle _, DatabaseState.Starting _ -> {}
      }
    }
  }

  /** Ends the connections, and stops the embedded server if no other process uses it. */
  @Override
  public void close() {
    Thread waitFor;
    synchronized (this) {
      closing = true;
      waitFor = thread;
    }
    if (waitFor != null) {
      waitFor.interrupt();
      try {
        waitFor.join(CLOSE_LIMIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    state = new DatabaseState.Down("it is closed");
    Optional.ofNullable(pool).ifPresent(it -> it.connections().close());
    server.close();
  }

  /** The server, for people to read. */
  @Override
  public String toString() {
    return server.address().map(Objects::toString).orElse("the embedded PostgreSQL");
  }
}
