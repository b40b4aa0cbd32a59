package dev.tapeline.server.cli;

import dev.tapeline.server.thread.LastResort;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Keeps a simulator until the process is asked to end. */
final class SimulateRun {

  private final PrintWriter out;

  SimulateRun(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints lines about a simulator that has started, and waits.
   *
   * @param close ends the simulator
   */
  int untilStopped(List<String> lines, Runnable close) throws InterruptedException {
    LastResort.install();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(close), "shutdown"));
    lines.forEach(out::println);
    out.flush();
    new CountDownLatch(1).await();
    return Commands.OK;
  }

  /** Stops, and halts, because a JVM that a signal ends would not exit with 0. */
  private static void stop(Runnable close) {
    close.run();
    Runtime.getRuntime().halt(Commands.OK);
  }
}
