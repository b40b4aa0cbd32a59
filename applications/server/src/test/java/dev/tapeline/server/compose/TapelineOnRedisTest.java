package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.TestClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** The roles as processes that a real Redis joins. */
@Timeout(90)
class TapelineOnRedisTest extends OnRedisRig {

  @Test
  void rolesAreJoinedByRedis() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline gateway = start("gateway", List.of());
        Tapeline api = start("api", List.of())) {
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

  /** The wish for a chain travels to the node that has the source, and the chain comes back. */
  @Test
  void chainsAreAskedForFromAnyNode() throws Exception {
    try (Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline api = start("api", List.of())) {
      awaitStatus(ingest, "/health/ready", 200);
      String expiries = awaitStatus(api, "/api/v1/option-chain/NIFTY/expiries", 200).body();
      String expiry = new JsonMapper().readTree(expiries).at("/expiries/1").asString();
      String chain = awaitStatus(api, "/api/v1/option-chain/NIFTY/" + expiry, 200).body();
      assertTrue(chain.startsWith("{\"symbol\":\"NIFTY\",\"expiry\":\"" + expiry), chain);
    }
  }

  @Test
  void eachMetricIsDescribed() throws Exception {
    try (Tapeline tapeline = start("all", List.of(new FeedPlan.Simulator()))) {
      awaitStatus(tapeline, "/health/ready", 200);
      new MetricsPage(get(tapeline, "/metrics").body()).assertDescribed();
    }
  }

  @Test
  void twoNodesOfOneNameAreReported() throws Exception {
    try (Tapeline one = start("same", "gateway", List.of());
        Tapeline other = start("same", "api", List.of())) {
      awaitBody(one, "/metrics", "tapeline_node_name_shared 1.0");
      awaitBody(other, "/metrics", "tapeline_node_name_shared 1.0");
      awaitBody(one, "/api/v1/nodes", "\"sameName\":\"host ");
    }
  }

  @Test
  void readinessTellsThatRedisIsAwayAndBack() throws Exception {
    try (Tapeline tapeline = start("all", List.of())) {
      awaitStatus(tapeline, "/health/ready", 200);
      redis.kill();
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
  void whoServesItsClientsAloneStaysReady() throws Exception {
    try (Tapeline tapeline = start("all", List.of(new FeedPlan.Simulator()));
        Tapeline strict = startStrict()) {
      awaitBody(tapeline, "/health/ready", "\"feed\":\"");
      redis.kill();
      awaitStatus(strict, "/health/ready", 503);
      HttpResponse<String> answer =
          awaitBody(tapeline, "/health/ready", "\"problems\":[\"the bus is down: ");
      assertEquals(200, answer.statusCode(), answer.body());
      awaitBody(tapeline, "/health/ready", "\"feed\":\"alone\"");
      redis.start();
      awaitStatus(strict, "/health/ready", 200);
    }
  }

  private Tapeline startStrict() {
    return start(
        "strict",
        "all",
        List.of(new FeedPlan.Simulator()),
        Map.of("TAPELINE_READY_WITHOUT_REDIS", "false"));
  }

  @Test
  void nodesWithoutAFeedStayReadyIfToldTo() throws Exception {
    Map<String, String> lenient = Map.of("TAPELINE_READY_WITHOUT_REDIS", "true");
    try (Tapeline gateway = start("g", "gateway", List.of(), lenient)) {
      awaitBody(gateway, "/health/ready", "{\"status\":\"ready\"}");
      redis.kill();
      HttpResponse<String> answer = awaitBody(gateway, "/health/ready", "the bus is down: ");
      assertEquals(200, answer.statusCode(), answer.body());
      redis.start();
    }
  }

  @Test
  void ownFeedGoesOnWhileRedisIsAway() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline tapeline = start("all", List.of(new FeedPlan.Simulator()))) {
      awaitStatus(tapeline, "/health/ready", 200);
      Frames frames = new Frames();
      fresh
          .newWebSocketBuilder()
          .buildAsync(uri("ws", tapeline, "/ws"), frames)
          .join()
          .sendText("{\"action\":\"subscribe\",\"channels\":[\"market:tick:NIFTY\"]}", true);
      frames.await("\"type\":\"data\"");
      redis.kill();
      frames.awaitAll("\"source\":\"bus\",\"state\":\"down\"", "\"type\":\"epoch\"");
      frames.await("\"type\":\"data\"");
      redis.start();
      frames.awaitAll("\"source\":\"bus\",\"state\":\"live\"", "\"type\":\"epoch\"");
      frames.await("\"type\":\"data\"");
    }
  }

  @Test
  void actionCableConfirmsWhatItPromisedWhenRedisIsBack() throws Exception {
    String ticks =
        "\"identifier\":\"{\\\"channel\\\":\\\"TicksChannel\\\",\\\"symbol\\\":\\\"NIFTY\\\"}\"";
    try (Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline gateway = start("gateway", List.of())) {
      awaitStatus(ingest, "/health/ready", 200);
      awaitStatus(gateway, "/health/ready", 200);
      redis.kill();
      awaitStatus(gateway, "/health/ready", 503);
      try (TestClient client = new TestClient(gateway.ports().getFirst(), "/cable")) {
        client.send("{\"command\":\"subscribe\"," + ticks + "}");
        client.send("{\"command\":\"subscribe\"," + ticks + "}");
        client.send("{\"command\":\"subscribe\",\"identifier\":\"unknown\"}");
        client.awaitType("reject_subscription");
        assertEquals(List.of(), client.ofType("confirm_subscription"));
        redis.start();
        client.awaitType("confirm_subscription");
        int confirmed = client.size();
        assertTrue(client.awaitFrom(confirmed, m -> m.has("message")).has("message"));
        client.send("{\"command\":\"subscribe\"," + ticks + "}");
        client.awaitFrom(confirmed, m -> m.path("type").asString("").startsWith("confirm"));
      }
    }
  }
}
