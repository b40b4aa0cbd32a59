package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real server of a test, in this JVM and owned by the test's thread. It keeps its port over
 * restarts.
 */
public final class LiveServer implements AutoCloseable {

  /** The key of administrators. */
  public static final String KEY = "a-key-for-these-tests";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> settings;
  private final List<FeedPlan> feed;
  private final int port;
  private Tapeline tapeline;

  private LiveServer(Map<String, String> more, List<FeedPlan> feed) {
    this.feed = feed;
    settings = new HashMap<>();
    settings.put("TAPELINE_BIND_HOST", "127.0.0.1");
    settings.put("TAPELINE_API_PORT", "0");
    settings.put("REDIS_WS_GATEWAY_PORT", "0");
    settings.put("GATEWAY_API_KEY", KEY);
    settings.put("TAPELINE_REST_RATE_BURST", "100000"); // tests ask until they hear it
    settings.putAll(more);
    tapeline = run();
    port = tapeline.ports().getFirst();
    settings.put("TAPELINE_API_PORT", "" + port);
  }

  /** Starts a server without a feed, on free ports. */
  public static LiveServer start() {
    return start(Map.of());
  }

  /** Starts a server without a feed, with more settings. */
  public static LiveServer start(Map<String, String> settings) {
    return new LiveServer(settings, List.of());
  }

  /** Starts a server with the simulated market. */
  public static LiveServer simulated() {
    return simulated(Map.of());
  }

  /** The same, with more settings. */
  public static LiveServer simulated(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("TAPELINE_FEED", "simulator");
    return new LiveServer(settings, List.of(new FeedPlan.Simulator()));
  }

  /** Starts a server with a feed, and these settings. */
  static LiveServer of(FeedPlan feed, Map<String, String> settings) {
    return new LiveServer(settings, List.of(feed));
  }

  private Tapeline run() {
    return Tapeline.start(Settings.load(Map.of(), settings), feed);
  }

  /** The address of a path for HTTP. */
  public String url(String path) {
    return "http" + place() + path;
  }

  /** The address of a path for WebSockets. */
  public String ws(String path) {
    return "ws" + place() + path;
  }

  private String place() {
    return (settings.containsKey("TLS_CERT") ? "s" : "") + "://127.0.0.1:" + port;
  }

  /** The same, for a client that may do everything. */
  public String wsOfOwner(String path) {
    return ws(path) + "?token=" + KEY;
  }

  /** Stops without a message to the clients. */
  public void stop() {
    tapeline.close();
  }

  /** Drains its clients within this time, as at SIGTERM, stops, and starts again. */
  public void drainAndRestart(Duration limit) {
    try {
      tapeline.drain(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    restart();
  }

  /** Starts again after a stop. */
  public void comeBack() {
    tapeline = run();
  }

  /** Stops, and starts again. */
  public void restart() {
    stop();
    comeBack();
  }

  /** Publishes JSON on a channel. */
  public void publish(String channel, String json) {
    post("/api/v1/publish", "{\"channel\":\"%s\",\"data\":%s}".formatted(channel, json));
  }

  /** The answer to an administrator's GET. */
  public String get(String path) {
    return answer(request(path));
  }

  /** The answer to an administrator's POST. */
  public String post(String path, String json) {
    return answer(request(path).POST(BodyPublishers.ofString(json)));
  }

  /** Waits until a metric without labels has a value. */
  public void awaitMetric(String name, double value) {
    String line = name + " " + value;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String metrics = get("/metrics");
    while (metrics.lines().noneMatch(line::equals)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + line + " in " + metrics);
      }
      metrics = get("/metrics");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url(path)))
        .header("Authorization", "Bearer " + KEY)
        .timeout(PATIENCE);
  }

  private String answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
    http.close();
  }
}
