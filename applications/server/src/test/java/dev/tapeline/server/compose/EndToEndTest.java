package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole server: a recording or a publisher at one end, a WebSocket client at the other. */
class EndToEndTest {

  private static final long FIRST_TRADE = 3735683259L;
  private static final long LAST_TRADE = 3735693015L;

  @Test
  void everyTradeOfTheRecordingArrivesInOrderAtFullSpeed() {
    replays(Map.of(), Pace.MAX);
  }

  @Test
  void everyTradeOfTheRecordingArrivesInOrderThroughRedis() {
    try (RealRedis redis = RealRedis.running()) {
      replays(at(redis), Pace.parse("60"));
    }
  }

  private static void replays(Map<String, String> settings, Pace pace) {
    List<FeedPlan> plan =
        List.of(new FeedPlan.Replay(recording(), new ReplayOptions(pace, false, true)));
    try (Tapeline server = start(settings, plan);
        TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      client.subscribe(
          "\"trade@BTCUSDT\"",
          "{\"channel\":\"market:tick:BTCUSDT\",\"mode\":\"latest\",\"maxRate\":5}");
      client.await(m -> m.at("/data/data/t").asLong(0) == LAST_TRADE);
      client.await(m ->
          m.path("channel").asString("").equals("market:tick:BTCUSDT")
              && m.at("/data/exchangeTime").asLong(0) == 1723161601271L);
      List<JsonNode> data = client.ofType("data");
      assertEquals(
          LongStream.rangeClosed(FIRST_TRADE, LAST_TRADE).boxed().toList(),
          data.stream()
              .filter(m -> m.path("channel").asString().equals("trade@BTCUSDT"))
              .map(m -> m.at("/data/data/t").asLong())
              .toList());
      List<JsonNode> ticks =
          data.stream()
              .filter(m -> m.path("channel").asString().equals("market:tick:BTCUSDT"))
              .toList();
      long published = ticks.getLast().path("seq").asLong();
      assertEquals(published, ticks.stream().mapToLong(m -> m.path("merged").asLong(1)).sum());
      assertEquals("61685.99", ticks.getLast().at("/data/ltp").asString());
      assertEquals(List.of(), client.ofType("gap"));
    }
  }

  @Test
  void plainPublishReachesExactAndPatternSubscribersOnceWithItsBytes() {
    try (RealRedis redis = RealRedis.running();
        Tapeline server = start(at(redis), List.of());
        TestClient exact = new TestClient(server.ports().getFirst(), "/ws");
        TestClient pattern = new TestClient(server.ports().getFirst(), "/ws");
        TestClient both = new TestClient(server.ports().getFirst(), "/ws")) {
      exact.subscribe("\"market:tick:BANKNIFTY\"", "\"end\"");
      pattern.subscribe("\"market:tick:*\"", "\"end\"");
      both.subscribe("\"market:tick:*\"", "\"market:tick:BANKNIFTY\"", "\"end\"");
      redis.ask("PUBLISH market:tick:BANKNIFTY \"{\\\"p\\\":1}\"");
      redis.ask("PUBLISH end 2");
      for (TestClient client : List.of(exact, pattern, both)) {
        client.await(m -> m.path("channel").asString("").equals("end"));
        List<String> data = client.texts().stream().filter(t -> t.contains("\"data\"")).toList();
        assertEquals(2, data.size(), data.toString());
        assertTrue(data.getFirst().endsWith("\"data\":{\"p\":1}}"), data.getFirst());
      }
    }
  }

  @Test
  void redisKilledAndBackIsToldAndNobodyIsDisconnected() {
    try (RealRedis redis = RealRedis.running();
        Tapeline server = start(at(redis), List.of());
        TestClient client = new TestClient(server.ports().getFirst(), "/ws");
        TestClient quiet = new TestClient(server.ports().getFirst(), "/ws")) {
      String epoch = client.subscribe("\"a\"").at("/channels/0/epoch").asString();
      quiet.subscribe("\"q:*\"", "\"a\"");
      redis.ask("PUBLISH a 1");
      client.awaitType("data");
      redis.kill();
      JsonNode down = client.awaitType("status");
      assertEquals("down", down.path("state").asString());
      JsonNode pending = quiet.subscribe("\"late\"");
      assertEquals(true, pending.at("/channels/0/pending").asBoolean());
      redis.start();
      client.await(m -> m.path("state").asString("").equals("live"));
      JsonNode fresh = client.awaitType("epoch");
      assertTrue(!fresh.path("epoch").asString().equals(epoch));
      assertEquals("upstream", fresh.path("reason").asString());
      assertEquals(0, fresh.path("seq").asLong(-1));
      quiet.await(m ->
          m.path("type").asString("").equals("epoch")
              && m.path("channel").asString("").equals("late"));
      redis.ask("PUBLISH a 2");
      redis.ask("PUBLISH late 3");
      assertEquals(1, client.await(m -> m.path("data").asInt(0) == 2).path("seq").asLong());
      quiet.await(m -> m.path("data").asInt(0) == 3);
    }
  }

  @Test
  void simulatedMarketIsLabelledWhereverItGoes() {
    try (Tapeline server = start(Map.of(), List.of(new FeedPlan.Simulator()));
        TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      client.subscribe("\"market:tick\"", "\"trade@TATA_INR\"", "\"live_ltp_updates\"");
      assertEquals("simulated", client.awaitType("status").path("state").asString());
      for (String channel : List.of("market:tick", "trade@TATA_INR", "live_ltp_updates")) {
        JsonNode data =
            client.await(m ->
                m.path("type").asString().equals("data")
                    && m.path("channel").asString().equals(channel));
        assertTrue(data.toString().contains("\"simulated\":true"), data.toString());
      }
    }
  }

  @Test
  void depthSnapshotAndChangesGiveOneBook() {
    List<FeedPlan> plan =
        List.of(
            new FeedPlan.Replay(recording(), new ReplayOptions(Pace.parse("20"), false, false)));
    try (Tapeline server = start(Map.of(), plan);
        TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      client.subscribe("{\"channel\":\"depth@BTCUSDT\",\"snapshot\":true}");
      JsonNode snapshot =
          client.await(m ->
              m.path("type").asString().equals("snapshot")
                  || m.at("/data/data/snapshot").asBoolean(false));
      long book = snapshot.at("/data/data/u").asLong();
      long seq = snapshot.path("seq").asLong();
      List<JsonNode> next =
          IntStream.rangeClosed(1, 20)
              .mapToObj(i -> client.await(m -> m.path("seq").asLong(-1) == seq + i))
              .toList();
      for (JsonNode change : next) {
        assertTrue(change.at("/data/data/U").asLong() <= book + 1, change.toString());
        book = change.at("/data/data/u").asLong();
      }
    }
  }

  private static Tapeline start(Map<String, String> settings, List<FeedPlan> plan) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    return Tapeline.start(Settings.load(all, Map.of()), plan);
  }

  private static Map<String, String> at(RealRedis redis) {
    return Map.of("REDIS_URL", "redis://127.0.0.1:" + redis.port());
  }

  private static Recording recording() {
    return new Recording(SharedFiles.path(SharedFiles.BINANCE));
  }
}
