package dev.tapeline.browser;

import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.FeedPlan;
import dev.tapeline.server.runtime.Tapeline;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The real server with the simulated market, in this JVM; it can go away and come back. */
final class LiveServer implements AutoCloseable {

  static final String KEY = "a-key-of-the-browser-tests";

  private final int port;
  private final Map<String, String> more;
  private Tapeline tapeline;

  private LiveServer(Map<String, String> more) {
    this.more = more;
    this.tapeline = run(0, more);
    this.port = tapeline.ports().getFirst();
  }

  /** A server on free ports. */
  static LiveServer start() {
    return start(Map.of());
  }

  /** One with some settings of its own. */
  static LiveServer start(Map<String, String> settings) {
    return new LiveServer(settings);
  }

  private static Tapeline run(int port, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("TAPELINE_BIND_HOST", "127.0.0.1");
    options.put("TAPELINE_API_PORT", "" + port);
    options.put("REDIS_WS_GATEWAY_PORT", "0");
    options.put("TAPELINE_FEED", "simulator");
    options.put("GATEWAY_API_KEY", KEY);
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
    tapeline = run(port, more);
  }

  @Override
  public void close() {
    tapeline.close();
  }
}
