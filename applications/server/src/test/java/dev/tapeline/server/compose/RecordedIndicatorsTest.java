package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.store.PostgresForTests;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What REST answers of indicators is what their channels have told of the same bars. */
@Timeout(120)
class RecordedIndicatorsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SPEC = "rsi-3+macd-2-4-3+ema-3+atr-3+bb-3+stoch-3+adx-3+vwap+obv";

  /** That of UTC five days ago, in seconds: the history drops what is much older. */
  private static final long MIDNIGHT =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(5)).getEpochSecond();

  @TempDir Path folder;

  /** The values at each closed bar as they were told last, without what is of the channel. */
  private static Map<Long, JsonNode> closed(TestClient client) {
    Map<Long, JsonNode> closed = new TreeMap<>();
    for (String text : client.texts()) {
      JsonNode data = JSON.readTree(text).path("data");
      if (data.path("closed").asBoolean(false) && data.path("bars").asInt() > 0) {
        closed.put(
            data.path("t").asLong(),
            ((ObjectNode) data).remove(List.of("symbol", "tf", "rev", "source", "simulated")));
      }
    }
    return closed;
  }

  /** What REST has at the times of these values, as soon as it has the last one. */
  private static Map<Long, JsonNode> stored(LiveServer server, String path, Map<Long, JsonNode> of)
      throws InterruptedException {
    long last = of.keySet().stream().reduce((_, next) -> next).orElseThrow();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<Long, JsonNode> stored = new TreeMap<>();
      JsonNode answer = JSON.readTree(server.get(path));
      answer
          .path("indicators")
          .forEach(value -> {
            long time = value.path("t").asLong();
            if (of.containsKey(time) && value.path("closed").asBoolean()) {
              stored.put(time, value);
            }
          });
      if (stored.containsKey(last)) {
        return stored;
      }
      assertTrue(System.nanoTime() < end, answer::toString);
      Thread.sleep(50);
    }
  }

  /** The channel begins a moment after the source; the session is one that the simulator begins. */
  @Test
  void valuesOfTheSimulatedMarketAreThoseOfTheChannel() throws Exception {
    Map<String, String> settings =
        Map.of(
            "TAPELINE_BARS",
            "1s",
            "TAPELINE_HISTORY",
            "1s",
            "DATABASE_URL",
            PostgresForTests.newDatabase());
    try (LiveServer server = LiveServer.simulated(settings);
        TestClient client = new TestClient(URI.create(server.url("")).getPort(), "/ws")) {
      client.subscribe("\"indicators:RELIANCE:1s:%s\"".formatted(SPEC));
      client.await(m -> m.at("/data/closed").asBoolean(false) && m.at("/data/bars").asInt() > 8);
      Map<Long, JsonNode> told = closed(client);
      assertTrue(told.size() > 2, told::toString);
      assertTrue(told.values().stream().anyMatch(it -> it.has("vwap-1")), told::toString);
      assertEquals(told, stored(server, path("RELIANCE", "1s"), told));
    }
  }

  private static String path(String symbol, String frame) {
    return "/api/v1/indicators/%s?tf=%s&spec=%s&limit=5000".formatted(symbol, frame, SPEC);
  }

  /** Three days of a recording, with a trade in every tenth minute. */
  private static String trades() {
    Random random = new Random(8);
    StringBuilder out = new StringBuilder("time,symbol,price,quantity\n");
    for (int i = 0; i < 430; i++) {
      int price = 9_000 + random.nextInt(2_000);
      out.append(
          "%d,GC,%d.%02d,%d\n".formatted(MIDNIGHT + i * 600L, price / 100, price % 100, 1 + i % 7));
    }
    return out.toString();
  }

  @Test
  void valuesOfARecordingAreThoseOfTheChannel() throws Exception {
    Recording file = new Recording(Files.writeString(folder.resolve("trades.csv"), trades()));
    FeedPlan plan =
        new FeedPlan.Replay(file, ReplayReading.AUTO, new ReplayOptions(Pace.MAX, false, true));
    Map<String, String> settings =
        Map.of("TAPELINE_HISTORY", "1m", "DATABASE_URL", PostgresForTests.newDatabase());
    try (LiveServer server = LiveServer.of(plan, settings);
        TestClient client = new TestClient(URI.create(server.url("")).getPort(), "/ws")) {
      String spec = SPEC + "+pivots";
      client.subscribe("\"indicators:GC:1m:%s\"".formatted(spec));
      long last = (MIDNIGHT + 428 * 600L) * 1_000;
      client.await(m -> m.at("/data/closed").asBoolean(false) && m.at("/data/t").asLong() >= last);
      Map<Long, JsonNode> told = closed(client);
      assertTrue(told.size() > 300, "values at %d bars".formatted(told.size()));
      assertTrue(told.values().stream().anyMatch(it -> it.has("pivots")), told::toString);
      assertEquals(told, stored(server, path("GC", "1m").replace(SPEC, spec), told));
    }
  }
}
