package dev.tapeline.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.config.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The roles as processes that a real Redis joins. */
@Timeout(90)
class TapelineOnRedisTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final int redisPort = freePort();
  @TempDir Path folder;
  private RedisServer redis;

  @BeforeEach
  void start() throws IOException {
    redis =
        RedisServer.builder()
            .port(redisPort)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("dir " + folder)
            .build();
    redis.start();
  }

  @AfterEach
  void stop() throws IOException {
    redis.stop();
    client.close();
  }

  @Test
  void rolesAreJoinedByRedis() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline ingest = start("ingest", new FeedPlan.Simulator());
        Tapeline gateway = start("gateway", FeedPlan.NONE);
        Tapeline api = start("api", FeedPlan.NONE)) {
      awaitStatus(ingest, "/health/ready", 200);
      awaitStatus(gateway, "/health/ready", 200);
      awaitStatus(api, "/health/ready", 200);
      Frames frames = new Frames();
      fresh
          .newWebSocketBuilder()
          .buildAsync(uri("ws", gateway, "/ws"), frames)
          .join()
          .sendText("{\"action\":\"subscribe\",\"channels\":[\"market:tick:NIFTY\"]}", true);
      frames.await("\"type\":\"data\"");
      String prices = get(api, "/api/v1/current_prices?keys=IDX_I:13").body();
      assertTrue(prices.contains("\"count\":1"), prices);
      assertEquals(404, get(ingest, "/api/v1/current_prices?keys=IDX_I:13").statusCode());
      String metrics = get(gateway, "/metrics").body();
      assertTrue(metrics.contains("tapeline_redis_up 1.0"), metrics);
    }
  }

  @Test
  void readinessTellsThatRedisIsAwayAndBack() throws Exception {
    try (Tapeline tapeline = start("all", FeedPlan.NONE)) {
      awaitStatus(tapeline, "/health/ready", 200);
      redis.stop();
      HttpResponse<String> answer = awaitStatus(tapeline, "/health/ready", 503);
      assertTrue(answer.body().contains("\"the bus is down: "), answer.body());
      assertEquals(200, get(tapeline, "/health/live").statusCode());
      awaitStatus(tapeline, "/api/v1/current_prices?keys=A:1", 503);
      redis.start();
      awaitStatus(tapeline, "/health/ready", 200);
      awaitStatus(tapeline, "/api/v1/current_prices?keys=A:1", 200);
    }
  }

  @Test
  void ownFeedGoesOnWhileRedisIsAway() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline tapeline = start("all", new FeedPlan.Simulator())) {
      awaitStatus(tapeline, "/health/ready", 200);
      Frames frames = new Frames();
      fresh
          .newWebSocketBuilder()
          .buildAsync(uri("ws", tapeline, "/ws"), frames)
          .join()
          .sendText("{\"action\":\"subscribe\",\"channels\":[\"market:tick:NIFTY\"]}", true);
      frames.await("\"type\":\"data\"");
      redis.stop();
      frames.await("\"source\":\"bus\",\"state\":\"down\"");
      frames.await("\"type\":\"epoch\"");
      frames.await("\"type\":\"data\"");
      redis.start();
      frames.await("\"source\":\"bus\",\"state\":\"live\"");
      frames.await("\"type\":\"epoch\"");
      frames.await("\"type\":\"data\"");
    }
  }

  private Tapeline start(String role, FeedPlan plan) {
    Map<String, String> all = new HashMap<>();
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
    all.put("TAPELINE_ROLE", role);
    all.put("TAPELINE_FEED", "simulator");
    return Tapeline.start(Settings.load(Optional.empty(), all, Map.of()), plan);
  }

  private HttpResponse<String> awaitStatus(Tapeline tapeline, String path, int status)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> answer = get(tapeline, path);
    while (answer.statusCode() != status && System.nanoTime() < end) {
      answer = get(tapeline, path);
    }
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private HttpResponse<String> get(Tapeline tapeline, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("http", tapeline, path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static URI uri(String scheme, Tapeline tapeline, String path) {
    return URI.create(scheme + "://127.0.0.1:" + tapeline.ports().getFirst() + path);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
