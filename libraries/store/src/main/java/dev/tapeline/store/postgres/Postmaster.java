package dev.tapeline.store.postgres;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server.
 *
 * @param child null if it was found running: it is no child of this process, or no longer
 */
record Postmaster(long pid, int port, @Nullable Process child, SystemProcesses processes) {

  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);
  private static final int LOOK_AGAIN_MILLIS = 100;

  boolean isAdopted() {
    return child == null;
  }

  /** Waits until the server has ended, and returns how. */
  String awaitEnd() throws InterruptedException {
    if (child != null) {
      return "it has ended with code " + child.waitFor();
    }
    while (processes.isRunning(pid)) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return "it has ended";
  }

  /**
   * Stops the server: connections are ended, and what is committed is on disk. A server that does
   * not end within 5 s is aborted, which costs a recovery at the next start and loses nothing.
   */
  void stop(PostgresPrograms programs, RunAs as, PostgresFolder folder)
      throws InterruptedException {
    if (!end(programs, as, folder, "fast", STOP_LIMIT)
        && !end(programs, as, folder, "immediate", ABORT_LIMIT)) {
      log.warn("PostgreSQL (process {}) does not end; the next start uses it", pid);
    }
  }

  private boolean end(
      PostgresPrograms programs, RunAs as, PostgresFolder folder, String mode, Duration limit)
      throws InterruptedException {
    List<String> command =
        List.of(
            programs.control(),
            "stop",
            "--pgdata=" + folder.data(),
            "--mode=" + mode,
            "--wait",
            "--timeout=" + limit.toSeconds());
    ToolRun run = ToolRun.of(as.command(command), limit.plusSeconds(1));
    return run.isDone() || !processes.isRunning(pid);
  }
}
