package dev.tapeline.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.config.Settings;
import java.io.IOException;
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
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Servers in this process that a real Redis joins. */
abstract class OnRedisRig {

  private final HttpClient client = HttpClient.newHttpClient();
  private final int redisPort = RealRedis.freePort();
  @TempDir Path folder;
  RedisServer redis;

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

  Tapeline start(String role, FeedPlan plan) {
    return start(role, role, plan);
  }

  Tapeline start(String name, String role, FeedPlan plan) {
    Map<String, String> all = new HashMap<>();
    all.put("TAPELINE_NODE", name);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
    all.put("TAPELINE_ROLE", role);
    all.put("TAPELINE_FEED", "simulator");
    return Tapeline.start(Settings.load(Optional.empty(), all, Map.of()), plan);
  }

  HttpResponse<String> awaitStatus(Tapeline tapeline, String path, int status) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> answer = get(tapeline, path);
    while (answer.statusCode() != status && System.nanoTime() < end) {
      answer = get(tapeline, path);
    }
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  HttpResponse<String> get(Tapeline tapeline, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("http", tapeline, path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  static URI uri(String scheme, Tapeline tapeline, String path) {
    return URI.create(scheme + "://127.0.0.1:" + tapeline.ports().getFirst() + path);
  }
}
