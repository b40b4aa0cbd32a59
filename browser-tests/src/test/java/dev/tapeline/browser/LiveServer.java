package dev.tapeline.browser;

import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.FeedPlan;
import dev.tapeline.server.runtime.Tapeline;
import java.util.Map;
import java.util.Optional;

/** The real server with the simulated market, in this JVM; it can go away and come back. */
final class LiveServer implements AutoCloseable {

  static final String KEY = "a-key-of-the-browser-tests";

  private final int port;
  private Tapeline tapeline;

  private LiveServer(Tapeline tapeline) {
    this.tapeline = tapeline;
    this.port = tapeline.ports().getFirst();
  }

  /** A server on free ports. */
  static LiveServer start() {
    return new LiveServer(run(0));
  }

  private static Tapeline run(int port) {
    Map<String, String> options =
        Map.of(
            "TAPELINE_BIND_HOST",
            "127.0.0.1",
            "TAPELINE_API_PORT",
            "" + port,
            "REDIS_WS_GATEWAY_PORT",
            "0",
            "TAPELINE_FEED",
            "simulator",
            "GATEWAY_API_KEY",
            KEY);
    Settings settings = Settings.load(Optional.empty(), Map.of(), options);
    return Tapeline.start(settings, new FeedPlan.Simulator());
  }

  String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** Goes away without a word to its clients. */
  void stop() {
    tapeline.close();
  }

  /** Comes back on the same port. */
  void restart() {
    tapeline = run(port);
  }

  @Override
  public void close() {
    tapeline.close();
  }
}
