package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Servers in this process that a real Redis joins. */
abstract class OnRedisRig {

  /** The key of the owner. */
  static final String KEY = "a-key-for-these-tests";

  private final HttpClient client = HttpClient.newHttpClient();
  final RealRedis redis = RealRedis.running();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    redis.close();
    client.close();
  }

  Tapeline start(String role, List<FeedPlan> plan) {
    return start(role, role, plan);
  }

  Tapeline start(String name, String role, List<FeedPlan> plan) {
    return start(name, role, plan, Map.of());
  }

  Tapeline start(String name, String role, List<FeedPlan> plan, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_NODE", name);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.putAll(redis.setting());
    all.put("TAPELINE_ROLE", role);
    all.put("TAPELINE_FEED", "simulator");
    all.put("GATEWAY_API_KEY", KEY);
    return Tapeline.start(Settings.load(all, Map.of()), plan);
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

  /** Waits for the first answer that contains the text. */
  HttpResponse<String> awaitBody(Tapeline tapeline, String path, String text) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> answer = get(tapeline, path);
    while (!answer.body().contains(text) && System.nanoTime() < end) {
      answer = get(tapeline, path);
    }
    assertTrue(answer.body().contains(text), () -> "no " + text);
    return answer;
  }

  HttpResponse<String> publish(Tapeline tapeline, String channel) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("http", tapeline, "/api/v1/publish"))
            .header("Authorization", "Bearer " + KEY)
            .POST(BodyPublishers.ofString("{\"channel\":\"%s\",\"data\":1}".formatted(channel)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  static Frames subscribe(HttpClient fresh, Tapeline node, String channel) {
    Frames frames = new Frames();
    fresh
        .newWebSocketBuilder()
        .buildAsync(uri("ws", node, "/ws"), frames)
        .join()
        .sendText("{\"action\":\"subscribe\",\"channels\":[\"%s\"]}".formatted(channel), true);
    return frames;
  }

  HttpResponse<String> get(Tapeline tapeline, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("http", tapeline, path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  static URI uri(String scheme, Tapeline tapeline, String path) {
    return URI.create(scheme + "://127.0.0.1:" + tapeline.ports().getFirst() + path);
  }
}
