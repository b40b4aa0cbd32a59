package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several sources in one node and on several nodes, on a real Redis. */
class SeveralSourcesTest extends OnRedisRig {

  private static final FeedPlan SIMULATOR = new FeedPlan.Simulator();
  private static final FeedPlan FOREIGN = new FeedPlan.Foreign();
  private static final String REPLAY = "replay-day.jsonl";
  private static final int LINES = 20;

  private final JsonMapper json = new JsonMapper();

  /** A recording of a made-up day with ten trades a second, played over and over. */
  private FeedPlan replay() throws IOException {
    return replay("day.jsonl", "btcusdt");
  }

  private FeedPlan replay(String name, String symbol) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      long millis = 1_700_000_000_000L + i * 100;
      lines.append(
          """
          %d000000 {"stream":"%s@trade","data":{"e":"trade","s":"%S","t":%d,"p":"50000.5",\
          "q":"0.1","T":%d,"m":true}}
          """
              .formatted(millis, symbol, symbol, i + 1, millis));
    }
    Path file = folder.resolve(name);
    Files.writeString(file, lines);
    return new FeedPlan.Replay(new Recording(file), new ReplayOptions(new Pace(1), true, false));
  }

  private JsonNode source(Tapeline node, String name) throws Exception {
    for (JsonNode one : json.readTree(get(node, "/api/v1/nodes").body()).path("nodes")) {
      if (one.path("answering").asBoolean()) {
        for (JsonNode source : one.path("sources")) {
          if (source.path("source").asString().equals(name)) {
            return source;
          }
        }
      }
    }
    throw new AssertionError("the node has no source " + name);
  }

  private void awaitState(Tapeline node, String name, String state) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String seen = "";
    while (!seen.equals(state)) {
      assertTrue(System.nanoTime() < end, name + " is " + seen + ", not " + state);
      seen = source(node, name).path("state").asString();
      Thread.sleep(20);
    }
  }

  @Test
  void twoSourcesOfOneNodeAreToldApart() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(SIMULATOR, replay()))) {
      awaitState(node, "simulator", "held");
      awaitState(node, REPLAY, "held");
      Frames frames = subscribe(fresh, node, "market:tick:BTCUSDT");
      String tick = frames.await("\"source\":\"replay-day.jsonl\",\"state\":\"replay\"");
      assertFalse(tick.contains("\"source\":\"simulator\",\"state\":\"replay\""), tick);
      String data = frames.await("\"type\":\"data\"");
      assertTrue(data.contains("\"source\":\"replay-day.jsonl\""), data);
      assertFalse(data.contains("simulated"), data);
      awaitBody(node, "/api/v1/current_prices?keys=IDX_I:13", "\"simulated\":true}");
      String real = get(node, "/api/v1/current_prices?keys=BINANCE:BTCUSDT").body();
      assertTrue(real.contains("\"BINANCE:BTCUSDT\":50000.5"), real);
      assertFalse(real.contains("simulated"), real);
      for (String source : List.of("simulator", REPLAY)) {
        awaitBody(node, "/api/v1/health/market_stream?source=" + source, "\"healthy\"");
        awaitBody(node, "/metrics", "tapeline_feed_held{source=\"%s\"} 1.0".formatted(source));
      }
      awaitBody(node, "/api/v1/health/market_stream?source=dhan", "\"not_running\"");
    }
  }

  @Test
  void aStandbyTakesOverOneOfTwoSources() throws Exception {
    FeedPlan replay = replay();
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline both = start("both", "all", List.of(SIMULATOR, replay))) {
      awaitState(both, "simulator", "held");
      awaitState(both, REPLAY, "held");
      try (Tapeline one = start("one", "all", List.of(replay))) {
        awaitState(one, REPLAY, "standby");
        Frames frames = subscribe(fresh, one, "market:tick:BTCUSDT");
        frames.await("\"type\":\"data\"");
        // It has heard of the other's simulator before that ends.
        awaitBody(one, "/api/v1/instruments?q=NIFTY", "\"symbol\":\"NIFTY\"");
        both.close();
        awaitState(one, REPLAY, "held");
        frames.await("\"type\":\"data\"");
        frames.await("\"source\":\"simulator\",\"state\":\"down\"");
        awaitBody(one, "/api/v1/health/market_stream?source=" + REPLAY, "\"healthy\"");
        awaitBody(one, "/api/v1/health/market_stream?source=simulator", "nobody runs");
      }
    }
  }

  @Test
  void whatOthersPublishBecomesASource() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(SIMULATOR, FOREIGN))) {
      awaitState(node, "bus-ticks", "held");
      Frames ticker = subscribe(fresh, node, "ticker@ACME");
      Frames tick = subscribe(fresh, node, "market:tick:ACME");
      ticker.await("\"type\":\"subscribed\"");
      tick.await("\"type\":\"subscribed\"");
      String payload =
          "{\"key\":\"NSE_EQ:777\",\"ltp\":12.50,\"ltq\":3,\"bid\":12.45,\"volume\":90}";
      tell("market:tick:ACME", payload);
      String data = ticker.await("\"type\":\"data\"");
      assertTrue(data.contains("\"c\":\"12.50\",\"b\":\"12.45\",\"o\":\"12.50\""), data);
      assertTrue(data.contains("\"v\":\"90\""), data);
      awaitBody(node, "/api/v1/current_prices?keys=NSE_EQ:777", "\"NSE_EQ:777\":12.5}");
      awaitBody(node, "/api/v1/instruments?q=ACME", "\"type\":\"share\"");
      String own = tick.await("\"type\":\"data\"");
      assertTrue(own.contains(payload), own);
      tell("market:tick:ACME", payload.replace("12.50", "12.60"));
      ticker.await("12.60");
      String next = tick.await("12.60");
      // A day, a trade and a quote of each; nothing of the simulator, which publishes all the time.
      assertTrue(source(node, "simulator").path("ticks").asLong() > 0);
      assertEquals(6, source(node, "bus-ticks").path("ticks").asLong());
      assertTrue(own.contains("\"seq\":1,"), own);
      assertTrue(next.contains("\"seq\":2,"), next);
    }
  }

  @Test
  void whatOthersMarkAsSimulatedStaysMarked() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(FOREIGN))) {
      awaitState(node, "bus-ticks", "held");
      Frames ticker = subscribe(fresh, node, "ticker@MADE");
      ticker.await("\"type\":\"subscribed\"");
      tell("market:tick:MADE", "{\"key\":\"X:1\",\"ltp\":1.25,\"simulated\":true}");
      String marked = ticker.await("1.25");
      assertTrue(marked.contains("\"simulated\":true"), marked);
      awaitBody(node, "/api/v1/current_prices?keys=X:1", "\"simulated\":true");
      tell("market:tick:MADE", "{\"ltp\":1.50}");
      String real = ticker.await("1.50");
      assertFalse(real.contains("simulated"), real);
    }
  }

  @Test
  void ticksOfOwnSourcesAreLeftOutWhicheverNodeStartsFirst() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline first = start("first", "all", List.of(SIMULATOR))) {
      awaitState(first, "simulator", "held");
      try (Tapeline second = start("second", "all", List.of(FOREIGN))) {
        awaitState(second, "bus-ticks", "held");
        Frames ticker = subscribe(fresh, second, "ticker@ACME");
        ticker.await("\"type\":\"subscribed\"");
        subscribe(fresh, second, "market:tick:NIFTY").await("\"type\":\"data\"");
        tell("market:tick:ACME", "{\"ltp\":1.25,\"source\":\"simulator\"}");
        ticker.await("1.25");
        assertEquals(1, source(second, "bus-ticks").path("ticks").asLong());
        try (Tapeline _ = start("third", "all", List.of(replay()))) {
          subscribe(fresh, second, "market:tick:BTCUSDT").await("\"type\":\"data\"");
          tell("market:tick:ACME", "{\"ltp\":1.50,\"source\":\"replay\"}");
          ticker.await("1.50");
          assertEquals(2, source(second, "bus-ticks").path("ticks").asLong());
        }
      }
    }
  }

  @Test
  void ticksOfTheBusAreDownWhileRedisIsAway() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(FOREIGN))) {
      awaitState(node, "bus-ticks", "held");
      Frames frames = subscribe(fresh, node, "ticker@ACME");
      frames.await("\"type\":\"subscribed\"");
      redis.kill();
      frames.await("\"source\":\"bus-ticks\",\"state\":\"down\"");
      awaitState(node, "bus-ticks", "standby"); // never alone
      assertEquals("the bus is away", source(node, "bus-ticks").path("problem").asString());
      awaitStatus(node, "/health/ready", 503);
      redis.start();
      frames.await("\"source\":\"bus-ticks\",\"state\":\"live\"");
      awaitState(node, "bus-ticks", "held");
      tell("market:tick:ACME", "{\"ltp\":1.25}");
      frames.await("1.25");
    }
  }

  private void tell(String channel, String payload) throws IOException {
    String answer = redis.ask("PUBLISH %s '%s'".formatted(channel, payload));
    assertTrue(answer.startsWith(":"), answer);
  }

  @Test
  void rolesWithoutSourcesFindTheInstruments() throws Exception {
    try (Tapeline ingest = start("ingest", List.of(SIMULATOR));
        Tapeline gateway = start("gateway", List.of());
        Tapeline api = start("api", List.of())) {
      for (Tapeline node : List.of(gateway, api)) {
        awaitBody(node, "/api/v1/instruments?q=hdfc", "\"symbol\":\"HDFCBANK\"");
      }
    }
  }

  @Test
  void recordingsOfSeveralNodesAreSeveralSources() throws Exception {
    try (Tapeline _ = start("one", "ingest", List.of(replay("monday.jsonl", "btcusdt")));
        Tapeline _ = start("two", "ingest", List.of(replay("tuesday.jsonl", "ethusdt")));
        Tapeline gateway = start("gateway", List.of())) {
      awaitBody(gateway, "/api/v1/instruments?q=btc", "\"symbol\":\"BTCUSDT\"");
      awaitBody(gateway, "/api/v1/instruments?q=eth", "\"symbol\":\"ETHUSDT\"");
      for (String source : List.of("replay-monday.jsonl", "replay-tuesday.jsonl")) {
        awaitBody(gateway, "/api/v1/nodes", "\"lease\":\"feed:" + source + "\"");
        awaitBody(gateway, "/api/v1/health/market_stream?source=" + source, "\"healthy\"");
      }
    }
  }

  @Test
  void aNodeWithSourcesKnowsWhatClientsOfOthersWant() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline _ = start("ingest", List.of(SIMULATOR));
        Tapeline api = start("api", List.of());
        Tapeline gateway = start("gateway", List.of())) {
      Frames frames = subscribe(fresh, gateway, "market:tick:NIFTY");
      frames.await("\"type\":\"data\"");
      subscribe(fresh, gateway, "trade@*").await("\"type\":\"subscribed\"");
      awaitBody(api, "/api/v1/nodes", "\"supplied\":{\"channels\":1,\"patterns\":1}");
      awaitBody(gateway, "/metrics", "tapeline_demand_channels 1.0");
    }
  }

  @Test
  void whatNobodyWantsAnyMoreIsReleased() throws Exception {
    Map<String, String> soon = Map.of("TAPELINE_DEMAND_RELEASE", "0s");
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline _ = start("ingest", "ingest", List.of(SIMULATOR), soon);
        Tapeline api = start("api", List.of())) {
      try (Tapeline gateway = start("gateway", List.of())) {
        subscribe(fresh, gateway, "market:tick:NIFTY").await("\"type\":\"data\"");
        awaitBody(api, "/api/v1/nodes", "\"supplied\":{\"channels\":1,\"patterns\":0}");
      }
      awaitBody(api, "/api/v1/nodes", "\"supplied\":{\"channels\":0,\"patterns\":0}");
    }
  }
}
