package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a Redis that is up but refuses writes. */
@Timeout(120)
class RefusingRedisTest extends OnRedisRig {

  private static final String FULL = "Redis is full: it takes no writes";
  private static final String LEASE = "tapeline:{lease:feed:simulator}";
  private static final String DATA = "\"type\":\"data\"";

  private void fill() throws Exception {
    assertEquals("+OK\r\n", redis.ask("CONFIG SET maxmemory 1"));
  }

  private void empty() throws Exception {
    assertEquals("+OK\r\n", redis.ask("CONFIG SET maxmemory 0"));
  }

  @Test
  void nodeWithFeedAndClientsGoesOnAloneWhileRedisIsFull() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(new FeedPlan.Simulator()))) {
      awaitBody(node, "/health/ready", "\"feed\":\"held\"");
      Frames frames = subscribe(fresh, node, "trade@RELIANCE");
      frames.await(DATA);
      fill();
      frames.awaitAll("\"source\":\"bus\",\"state\":\"down\"", "\"type\":\"epoch\"");
      frames.await(DATA);
      HttpResponse<String> ready = awaitBody(node, "/health/ready", "\"feed\":\"alone\"");
      assertEquals(200, ready.statusCode());
      assertTrue(ready.body().contains(FULL), ready.body());
      frames.await(DATA);
      empty();
      awaitBody(node, "/health/ready", "{\"status\":\"ready\",\"feed\":\"held\"}");
      frames.await("\"source\":\"bus\",\"state\":\"live\"");
      frames.await(DATA);
      assertTrue(
          get(node, "/metrics")
              .body()
              .contains("tapeline_feed_runs_total{source=\"simulator\"} 1.0"));
    }
  }

  @Test
  void ofTwoThatWereAloneOneStandsByAfterwards() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline first = start("first", "all", List.of(new FeedPlan.Simulator()))) {
      awaitBody(first, "/health/ready", "\"feed\":\"held\"");
      try (Tapeline second = start("second", "all", List.of(new FeedPlan.Simulator()))) {
        awaitBody(second, "/health/ready", "\"feed\":\"standby\"");
        Frames frames = subscribe(fresh, second, "trade@RELIANCE");
        frames.await(DATA);
        fill();
        awaitBody(first, "/health/ready", "\"feed\":\"alone\"");
        awaitBody(second, "/health/ready", "\"feed\":\"alone\"");
        frames.await("\"type\":\"epoch\"");
        frames.await(DATA);
        empty();
        awaitOneHolder(first, second);
        frames.await("\"source\":\"bus\",\"state\":\"live\"");
        frames.await(DATA);
      }
    }
  }

  private void awaitOneHolder(Tapeline first, Tapeline second) throws Exception {
    String held = "{\"status\":\"ready\",\"feed\":\"held\"}";
    String standby = "{\"status\":\"ready\",\"feed\":\"standby\"}";
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Set<String> states = new HashSet<>();
    while (!states.equals(Set.of(held, standby))) {
      assertTrue(System.nanoTime() < end, states::toString);
      states =
          new HashSet<>(
              List.of(get(first, "/health/ready").body(), get(second, "/health/ready").body()));
    }
  }

  @Test
  void clientsOfAGatewayAreToldWhyNothingComes() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline gateway = start("gateway", List.of())) {
      awaitBody(ingest, "/health/ready", "\"feed\":\"held\"");
      Frames frames = subscribe(fresh, gateway, "trade@RELIANCE");
      frames.await(DATA);
      fill();
      frames.await("\"reason\":\"" + FULL);
      frames.await("\"source\":\"simulator\",\"state\":\"down\"");
      HttpResponse<String> ready = get(gateway, "/health/ready");
      assertEquals(503, ready.statusCode(), ready.body());
      assertTrue(ready.body().contains(FULL), ready.body());
      awaitBody(ingest, "/health/ready", "nobody runs the feed simulator");
      assertEquals(503, get(ingest, "/health/ready").statusCode());
      String health = get(gateway, "/api/v1/health/market_stream").body();
      assertTrue(health.startsWith("{\"status\":\"not_running\""), health);
      assertTrue(health.contains("\"problem\":\"nobody runs the feed simulator"), health);
      HttpResponse<String> refused = publish(gateway, "engine:a");
      assertEquals(503, refused.statusCode(), refused.body());
      assertTrue(refused.body().contains(FULL), refused.body());
      assertEquals(200, publish(gateway, "plain").statusCode());
      publishByWebSocket(fresh, gateway, "engine:a").await("\"message\":\"" + FULL);
      empty();
      frames.await("\"source\":\"simulator\",\"state\":\"simulated\"");
      awaitBody(gateway, "/health/ready", "{\"status\":\"ready\"}");
      frames.await(DATA);
      assertEquals(200, publish(gateway, "engine:a").statusCode());
    }
  }

  private static Frames publishByWebSocket(HttpClient fresh, Tapeline node, String channel) {
    Frames frames = new Frames();
    fresh
        .newWebSocketBuilder()
        .buildAsync(uri("ws", node, "/ws?token=" + KEY), frames)
        .join()
        .sendText(
            "{\"action\":\"publish\",\"channel\":\"%s\",\"data\":1}".formatted(channel), true);
    return frames;
  }

  @Test
  void feedWhoseLeaseIsAnotherKindOfKeyRunsForItsOwnClients() throws Exception {
    redis.ask("SET " + LEASE + " x");
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(new FeedPlan.Simulator()))) {
      Frames frames = subscribe(fresh, node, "trade@RELIANCE");
      frames.await("\"source\":\"simulator\",\"state\":\"down\"");
      awaitBody(node, "/health/ready", "nobody runs the feed simulator: Redis refuses its lease");
      awaitBody(node, "/health/ready", "\"feed\":\"alone\"");
      frames.await(DATA);
      redis.ask("DEL " + LEASE);
      awaitBody(node, "/health/ready", "{\"status\":\"ready\",\"feed\":\"held\"}");
      frames.await("\"source\":\"bus\",\"state\":\"live\"");
      frames.await(DATA);
      redis.ask("SET " + LEASE + " x");
      awaitBody(node, "/health/ready", "\"feed\":\"alone\"");
      frames.await("\"type\":\"epoch\"");
      frames.await(DATA);
    }
  }

  @Test
  void clientsOfAGatewayAreToldOfAFeedThatNobodyCanRun() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline gateway = start("gateway", List.of())) {
      awaitBody(ingest, "/health/ready", "\"feed\":\"held\"");
      Frames frames = subscribe(fresh, gateway, "trade@RELIANCE");
      frames.await(DATA);
      redis.ask("SET " + LEASE + " x");
      frames.await("\"source\":\"simulator\",\"state\":\"down\"");
      awaitBody(
          gateway,
          "/health/ready",
          "nobody runs the feed simulator: Redis refuses its lease: WRONG");
      assertEquals(200, get(gateway, "/health/ready").statusCode());
      redis.ask("DEL " + LEASE);
      frames.await("\"source\":\"simulator\",\"state\":\"simulated\"");
      frames.await(DATA);
    }
  }
}
