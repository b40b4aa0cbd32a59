package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, as a child process that keeps its data in a folder. A thread of
 * its own unpacks, makes, starts and watches it, and starts it again after it has ended, with
 * growing pauses. Nothing here blocks a caller but {@link #close}.
 *
 * <p>The server outlives this process when that is killed; the next one, or another one that uses
 * the folder, then uses the running server. So do several processes that share a folder. The last
 * one that is closed stops the server.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final long FIRST_PAUSE_MILLIS = 200;

  /** After a server that ran. */
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** After one that did not start, as nothing changes by itself then, and each try costs. */
  private static final long LONGEST_FAILED_PAUSE_MILLIS = 30_000;

  private static final Duration GOOD_RUN = Duration.ofMinutes(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);

  private final Path root;
  private final SystemProcesses processes;
  private final CopyOnWriteArrayList<Consumer<PostgresState>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile PostgresState state = new PostgresState.Idle();
  private volatile boolean closing;
  private @Nullable Thread thread;

  /** Of the thread. */
  private @Nullable FolderUsers users;

  private @Nullable Running running;
  private int lastPort;
  private String lastProblem = "";

  /** A server that runs, and what it takes to stop it. */
  private record Running(
      Postmaster server, PostgresPrograms programs, RunAs as, PostgresFolder folder) {

    void stop() throws InterruptedException {
      server.stop(programs, as, folder);
    }
  }

  /**
   * A server that does not run yet.
   *
   * @param folder where all of its files are; it is made when the server is started
   */
  public EmbeddedPostgres(Path folder) {
    this(folder, SystemProcesses.OF_THIS_MACHINE);
  }

  EmbeddedPostgres(Path folder, SystemProcesses processes) {
    this.root = folder;
    this.processes = processes;
  }

  /** The version of the server that this program brings, such as 18.6.0. */
  public static String version() {
    return PostgresPrograms.VERSION;
  }

  /** Starts the server beside the caller; does nothing if that was done before. */
  public synchronized void start() {
    if (thread == null && !closing) {
      thread = Thread.ofPlatform().daemon().name("tapeline-postgres").start(this::run);
    }
  }

  public PostgresState state() {
    return state;
  }

  /** Calls the listener at each change of the state, on the thread of the server. */
  public void onChange(Consumer<PostgresState> listener) {
    listeners.add(listener);
  }

  /** Where the server listens; empty while it does not. */
  public Optional<PostgresLogin> login() {
    return state instanceof PostgresState.Up(PostgresLogin login, boolean _)
        ? Optional.of(login)
        : Optional.empty();
  }

  private void change(PostgresState changed) {
    state = changed;
    listeners.forEach(listener -> listener.accept(changed));
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!closing) {
        long began = System.nanoTime();
        String problem = untilEnd();
        boolean good = System.nanoTime() - began > GOOD_RUN.toNanos();
        pause = good ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, longestPause());
        change(new PostgresState.Down(problem));
        Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
      }
    } catch (InterruptedException _) {
      log.debug("PostgreSQL is closed");
    } finally {
      leave();
    }
  }

  private long longestPause() {
    return lastProblem.isEmpty() ? LONGEST_PAUSE_MILLIS : LONGEST_FAILED_PAUSE_MILLIS;
  }

  /** Runs the server, and returns why it does not run any more. */
  private String untilEnd() throws InterruptedException {
    try {
      change(new PostgresState.Starting());
      long began = System.nanoTime();
      Running opened = open();
      running = opened;
      lastProblem = "";
      lastPort = opened.server().port();
      String password = new DataDirectory(opened.folder()).password();
      log.info(
          "PostgreSQL {} on port {}, process {}, {} ms",
          opened.server().isAdopted() ? "was running" : "runs",
          lastPort,
          opened.server().pid(),
          (System.nanoTime() - began) / 1_000_000);
      change(
          new PostgresState.Up(
              new PostgresLogin(lastPort, PostgresLogin.USER, password),
              opened.server().isAdopted()));
      String end = "PostgreSQL: " + opened.server().awaitEnd();
      running = null;
      log.warn("{}; it is started again", end);
      return end;
    } catch (PostgresException e) {
      return report(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return report("PostgreSQL: " + PostgresFolder.reason(e));
    }
  }

  /** Logs a problem once, however often it comes. */
  private String report(String problem) {
    if (!problem.equals(lastProblem)) {
      log.error("{}", problem);
    }
    lastProblem = problem;
    return problem;
  }

  private Running open() throws IOException, InterruptedException {
    PostgresFolder folder = PostgresFolder.open(root, PostgresPrograms.MAJOR);
    try (FileChannel _ = FileLocks.take(folder.lock())) {
      FolderUsers entered = users == null ? FolderUsers.enter(folder.users(), processes) : users;
      users = entered;
      PostgresPrograms programs = PostgresPrograms.in(folder.programs());
      RunAs as = RunAs.choose(folder);
      ServerStart start = new ServerStart(folder, processes);
      Optional<Postmaster> found = start.running();
      if (found.isPresent()) {
        return new Running(found.get(), programs, as, folder);
      }
      if (entered.findStrangers()) {
        throw new PostgresException(
            "%s is in use by a Tapeline of another container, whose PostgreSQL can't be reached: give"
                    .formatted(folder.root())
                + " each its own TAPELINE_DATA, or set DATABASE_URL for both");
      }
      new DataDirectory(folder).prepare(programs, as);
      Postmaster launched = start.launch(programs, as, lastPort);
      programs.removeOthers(folder.programs());
      return new Running(launched, programs, as, folder);
    }
  }

  /** Stops the server, unless others use it. */
  private void leave() {
    Running last = running;
    FolderUsers entered = users;
    change(new PostgresState.Down("it is closed"));
    if (entered == null) {
      return;
    }
    try (entered) {
      PostgresFolder folder = new PostgresFolder(root.toRealPath(), PostgresPrograms.MAJOR);
      try (FileChannel _ = FileLocks.take(folder.lock())) {
        if (last != null && !entered.findOthers()) {
          last.stop();
        }
      }
    } catch (IOException e) {
      log.warn("PostgreSQL can't be stopped: {}", PostgresFolder.reason(e));
    } catch (InterruptedException _) {
      log.warn("PostgreSQL is left running: it was not stopped in time");
    }
  }

  /** Stops the server if no other process uses it, and waits for that some seconds at most. */
  @Override
  public void close() {
    Thread waitFor;
    synchronized (this) {
      closing = true;
      waitFor = thread;
    }
    if (waitFor == null) {
      return;
    }
    waitFor.interrupt();
    try {
      waitFor.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
