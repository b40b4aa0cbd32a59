package dev.tapeline.server.cli;

import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.compose.LogSetup;
import dev.tapeline.server.compose.Recorders;
import dev.tapeline.server.compose.Tapeline;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.thread.LastResort;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a server: starts it, prints its addresses, and keeps it until the process is asked to end.
 */
final class ServerRun {

  private static final Duration DRAIN = Duration.ofSeconds(6);
  private static final Duration LONGEST_END = Duration.ofSeconds(9);

  private final PrintWriter out;

  ServerRun(PrintWriter out) {
    this.out = out;
  }

  /**
   * The parts of the greeting at the start.
   *
   * @param key whether the key is shown: a person reads the greeting, and nobody else has it
   * @param token whether the pages' address has a token: a person reads the greeting, and no log
   *     keeps it
   */
  record Greeting(String title, boolean key, boolean token) {

    /** A greeting that may be written to a log: it shows no secret. */
    static Greeting of(String title) {
      return new Greeting(title, false, false);
    }
  }

  /**
   * Runs the server; the recorders are closed after it.
   *
   * @return the exit code
   */
  int untilStopped(Greeting greeting, Settings settings, List<FeedPlan> plan, Recorders recorders)
      throws InterruptedException {
    LastResort.install();
    LogSetup.apply(settings.logLevels());
    Tapeline tapeline = Tapeline.start(settings, plan, recorders);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tapeline, recorders), "shutdown"));
    announce(greeting, settings, tapeline);
    new CountDownLatch(1).await();
    return Commands.OK;
  }

  /**
   * Stops the server within 10 s, and halts, because a JVM that a signal ends would not exit with
   * 0.
   */
  private static void stop(Tapeline tapeline, Recorders recorders) {
    Thread end = Thread.ofPlatform().name("drain").start(() -> drain(tapeline, recorders));
    try {
      end.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Commands.OK);
  }

  private static void drain(Tapeline tapeline, Recorders recorders) {
    try (recorders;
        tapeline) {
      tapeline.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(Greeting greeting, Settings settings, Tapeline tapeline) {
    new Announcement(greeting, settings, tapeline.ports())
        .lines(Instant.now())
        .forEach(out::println);
    out.println("  ready in " + sinceStart() + " ms");
    out.flush();
  }

  private static long sinceStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }
}
