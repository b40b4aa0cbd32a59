package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.FeedPlan;
import dev.tapeline.server.runtime.Tapeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The real server without a feed, in this JVM; it is published to by REST. */
final class LiveServer implements AutoCloseable {

  private static final String KEY = "a-key-for-these-tests";

  private final HttpClient http = HttpClient.newHttpClient();
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
            "GATEWAY_API_KEY",
            KEY);
    return Tapeline.start(Settings.load(Optional.empty(), Map.of(), options), FeedPlan.NONE);
  }

  /** The address of a path for WebSockets. */
  String ws(String path) {
    return "ws://127.0.0.1:" + port + path;
  }

  /** The same, for a client that may do everything. */
  String wsOfOwner(String path) {
    return ws(path) + "?token=" + KEY;
  }

  /** Goes away without a word to its clients. */
  void stop() {
    tapeline.close();
  }

  /** Goes away, and comes back on the same port. */
  void restart() {
    stop();
    tapeline = run(port);
  }

  /** Publishes JSON on a channel. */
  void publish(String channel, String json) {
    String body = "{\"channel\":\"%s\",\"data\":%s}".formatted(channel, json);
    HttpResponse<String> answer =
        ask(
            request("/api/v1/publish")
                .header("Authorization", "Bearer " + KEY)
                .POST(BodyPublishers.ofString(body))
                .build());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** Waits until a metric without labels has a value. */
  void awaitMetric(String name, double value) {
    String line = name + " " + value;
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String metrics = ask(request("/metrics").build()).body();
    while (metrics.lines().noneMatch(line::equals)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + line + " in " + metrics);
      }
      metrics = ask(request("/metrics").build()).body();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> ask(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    tapeline.close();
    http.close();
  }
}
