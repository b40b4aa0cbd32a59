package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated market's chains in a real database, as callers of REST see them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainHistoryTest {

  private static final String BASE = "/api/v1/option-chain/BANKNIFTY/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  private LiveServer server;
  private String chain = "";

  @BeforeAll
  void start() {
    Series days = new Series("BANKNIFTY", "simulator", Origin.SIMULATED);
    Series others = new Series("BANKNIFTY", "dhan", Origin.LIVE);
    server =
        LiveServer.simulated(
            Map.of(
                "TAPELINE_HISTORY", "1d,chains",
                "TAPELINE_HISTORY_IVDEX", "BANKNIFTY",
                "TAPELINE_CHAIN_SNAPSHOTS", "1s",
                "DATABASE_URL", EarlierDays.database(days, others)));
    chain = BASE + JSON.readTree(server.get(BASE + "expiries")).at("/expiries/0").asString();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode get(String path) {
    return JSON.readTree(server.get(path));
  }

  /** The answer, as soon as it is as wanted; the chain is wanted meanwhile. */
  private JsonNode await(String path, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      get(chain);
      JsonNode answer = get(path);
      if (wanted.test(answer)) {
        return answer;
      }
      assertTrue(System.nanoTime() < end, () -> answer.toString().substring(0, 2_000));
    }
  }

  private static List<Long> times(JsonNode answer) {
    return answer.path("snapshots").valueStream().map(each -> each.path("t").asLong()).toList();
  }

  @Test
  void snapshotsAreKeptAsTheCacheHasThem() {
    await(chain + "/history?limit=4", answer -> answer.path("snapshots").size() >= 4);
    JsonNode last = get(chain + "/history").path("snapshots").get(0);
    long time = last.path("t").asLong();
    JsonNode kept =
        await(
            "%s/history?from=%d&to=%d".formatted(chain, time, time + 1),
            answer -> answer.path("snapshots").size() == 1);
    assertEquals(last, kept.path("snapshots").get(0));
    assertEquals("simulator", kept.path("source").asString());
    assertEquals("simulated", kept.path("origin").asString());
    assertTrue(kept.path("simulated").asBoolean());
    assertFalse(kept.has("older") || kept.has("newer"), kept::toString);
  }

  @Test
  void pagesHaveEachSnapshotOnceInOrder() {
    JsonNode all =
        await(chain + "/history?limit=100", answer -> answer.path("snapshots").size() >= 5);
    List<Long> times = times(all);
    assertEquals(times.stream().sorted().toList(), times);
    long to = times.getLast() + 1;
    List<Long> back = new ArrayList<>();
    JsonNode page = get("%s/history?limit=2&to=%d".formatted(chain, to));
    back.addAll(0, times(page));
    while (page.has("older")) {
      page = get("%s/history?limit=2&to=%d".formatted(chain, page.path("older").asLong()));
      back.addAll(0, times(page));
    }
    assertEquals(times, back);
    List<Long> forth = new ArrayList<>();
    page = get("%s/history?limit=2&from=0&to=%d".formatted(chain, to));
    forth.addAll(times(page));
    while (page.has("newer")) {
      long from = page.path("newer").asLong();
      page = get("%s/history?limit=2&from=%d&to=%d".formatted(chain, from, to));
      forth.addAll(times(page));
    }
    assertEquals(times, forth);
  }

  @Test
  void otherSeriesAndExpiriesHaveNone() {
    assertEquals(0, get(chain + "/history?source=dhan").path("snapshots").size());
    JsonNode later = get(BASE + "2030-01-01/history?limit=1");
    assertEquals(
        "{\"symbol\":\"BANKNIFTY\",\"expiry\":\"2030-01-01\",\"snapshots\":[]}", later.toString());
  }

  /** The index of the setting is computed though nobody listens to it. */
  @Test
  void chainsHaveTheRankOfTodaysVolatility() {
    JsonNode ranked = await(chain, answer -> answer.at("/ivRank/rank").isNumber());
    assertEquals(EarlierDays.COUNT, ranked.at("/ivRank/n").asInt());
    double percentile = ranked.at("/ivRank/percentile").asDouble();
    assertTrue(percentile > 0 && percentile < 100, ranked::toString);
    assertFalse(ranked.path("why").has("ivRank"), ranked::toString);
  }
}
