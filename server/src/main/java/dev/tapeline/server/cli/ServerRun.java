package dev.tapeline.server.cli;

import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.Tapeline;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Starts a server, says where it is, and keeps it until the process is told to end. */
final class ServerRun {

  private final PrintWriter out;

  ServerRun(PrintWriter out) {
    this.out = out;
  }

  int untilStopped(String title, Settings settings, boolean tellKey) throws InterruptedException {
    Tapeline tapeline = Tapeline.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tapeline), "shutdown"));
    announce(title, settings, tapeline, tellKey);
    new CountDownLatch(1).await();
    return Commands.OK;
  }

  /** Halts, for a JVM that a signal ends would not exit with 0. */
  private static void stop(Tapeline tapeline) {
    tapeline.close();
    Runtime.getRuntime().halt(Commands.OK);
  }

  private void announce(String title, Settings settings, Tapeline tapeline, boolean tellKey) {
    int port = tapeline.ports().getFirst();
    out.println(title);
    out.println("  pages    http://localhost:" + port + "/");
    tapeline.ports().forEach(any -> out.println("  gateway  ws://localhost:" + any + "/ws"));
    if (tellKey) {
      settings.apiKey().ifPresent(key -> out.println("  API key  " + key.reveal()));
    }
    out.println("  ready in " + sinceStart() + " ms");
    out.flush();
  }

  private static long sinceStart() {
    Instant now = Instant.now();
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(start, now).toMillis();
  }
}
