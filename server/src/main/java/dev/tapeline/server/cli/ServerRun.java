package dev.tapeline.server.cli;

import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.FeedPlan;
import dev.tapeline.server.runtime.Tapeline;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Starts a server, says where it is, and keeps it until the process is told to end. */
final class ServerRun {

  private static final Duration DRAIN = Duration.ofSeconds(6);
  private static final Duration LONGEST_END = Duration.ofSeconds(9);

  private final PrintWriter out;

  ServerRun(PrintWriter out) {
    this.out = out;
  }

  int untilStopped(String title, Settings settings, FeedPlan plan, boolean tellKey)
      throws InterruptedException {
    Tapeline tapeline = Tapeline.start(settings, plan);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tapeline), "shutdown"));
    announce(title, settings, tapeline, tellKey);
    new CountDownLatch(1).await();
    return Commands.OK;
  }

  /** Ends within 10 s. Halts, for a JVM that a signal ends would not exit with 0. */
  private static void stop(Tapeline tapeline) {
    Thread end = Thread.ofPlatform().name("drain").start(() -> drain(tapeline));
    try {
      end.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Commands.OK);
  }

  private static void drain(Tapeline tapeline) {
    try (tapeline) {
      tapeline.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(String title, Settings settings, Tapeline tapeline, boolean tellKey) {
    int port = tapeline.ports().getFirst();
    out.println(title);
    String s = settings.tls().isPresent() ? "s" : "";
    out.println("  pages    http" + s + "://localhost:" + port + "/");
    tapeline
        .ports()
        .forEach(any -> out.println("  gateway  ws" + s + "://localhost:" + any + "/ws"));
    if (tellKey) {
      settings.apiKey().ifPresent(key -> out.println("  API key  " + key.reveal()));
    }
    out.println("  ready in " + sinceStart() + " ms");
    out.flush();
  }

  private static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}
