package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.TestClient;
import dev.tapeline.redis.Await;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The option chains of the simulated market, as clients of a whole server see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainsTest {

  private static final String BASE = "/api/v1/option-chain/NIFTY";
  private static final JsonMapper JSON = new JsonMapper();

  /** The simulated market lists so many; more once prices have moved for days. */
  private static final int STRIKES = 41;

  private final HttpClient http = HttpClient.newHttpClient();
  private Tapeline server;
  private int port;
  private String expiry = "";

  @BeforeAll
  void start() throws Exception {
    Settings settings =
        Settings.load(
            Map.of(),
            Map.of(
                "TAPELINE_FEED", "simulator",
                "TAPELINE_BIND_HOST", "127.0.0.1",
                "TAPELINE_API_PORT", "0",
                "REDIS_WS_GATEWAY_PORT", "0",
                "TAPELINE_CHAIN_SNAPSHOTS", "1s"));
    server = Tapeline.start(settings, List.of(new FeedPlan.Simulator()));
    port = server.ports().getFirst();
    expiry = json(get(BASE + "/expiries")).at("/expiries/0").asString();
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private TestClient client(String... channels) {
    TestClient client = new TestClient(port, "/ws");
    client.subscribe(channels);
    return client;
  }

  private String quoted(String prefix) {
    return "\"%s:NIFTY:%s\"".formatted(prefix, expiry);
  }

  /** Awaits a whole chain: one with all strikes, whose forward comes from several pairs. */
  private static JsonNode awaitChain(TestClient client) {
    return client
        .await(
            it -> it.at("/data/strikes").size() == STRIKES && it.at("/data/forward/n").asInt() >= 5)
        .path("data");
  }

  private static List<JsonNode> rows(JsonNode chain) {
    return StreamSupport.stream(chain.path("strikes").spliterator(), false).toList();
  }

  @Test
  void aClientGetsTheChainOfTheSimulator() {
    try (TestClient client = client(quoted("option-chain"))) {
      JsonNode chain = awaitChain(client);
      assertEquals("NIFTY", chain.path("symbol").asString());
      assertEquals(expiry, chain.path("expiry").asString());
      assertTrue(chain.path("simulated").asBoolean());
      double forward = chain.at("/forward/value").asDouble();
      double marked = forwardOfMarks(chain);
      assertEquals(marked, forward, 0.001 * marked, "the forward that the simulator prices by");
      List<Double> strikes =
          rows(chain).stream().map(row -> row.path("strike").asDouble()).toList();
      assertEquals(strikes.stream().sorted().toList(), strikes);
    }
  }

  private static double forwardOfMarks(JsonNode chain) {
    return rows(chain).stream()
        .map(row -> row.at("/ce/marks/underlying"))
        .filter(JsonNode::isNumber)
        .mapToDouble(JsonNode::asDouble)
        .average()
        .orElseThrow();
  }

  /**
   * The simulator quotes around a smile of its own, which is to be found again. Its day is shorter
   * than the calendar's, so that an expiry of another week is taken.
   */
  @Test
  void volatilitiesAreThoseThatTheSimulatorPricesBy() throws Exception {
    String later = json(get(BASE + "/expiries")).at("/expiries/1").asString();
    try (TestClient client = client("\"option-chain:NIFTY:%s\"".formatted(later))) {
      JsonNode chain = client.await(it -> nearRows(it) > 4);
      assertTrue(nearRows(chain) > 4);
    }
  }

  /** How many rows have the volatility that the vendor marks. */
  private static long nearRows(JsonNode message) {
    return rows(message.path("data")).stream()
        .filter(row -> {
          double marked = row.at("/ce/marks/iv").asDouble(Double.NaN);
          return Math.abs(row.path("iv").asDouble() - marked) < 0.05 * marked;
        })
        .count();
  }

  /** Chains that came on a channel, by the time that they are of. */
  private static Map<Long, JsonNode> chains(TestClient client, String prefix) {
    Map<Long, JsonNode> chains = new HashMap<>();
    for (JsonNode message : client.ofType("data")) {
      if (message.path("channel").asString().startsWith(prefix)) {
        chains.put(message.at("/data/t").asLong(), message.path("data"));
      }
    }
    return chains;
  }

  @Test
  void theRowsByStrikeAreTheSameChain() {
    try (TestClient client = client(quoted("chain"), quoted("option-chain"))) {
      client.await(_ -> client.ofType("data").size() > 8 && !common(client).isEmpty());
      long time = common(client).iterator().next();
      JsonNode list = require(chains(client, "option-chain:").get(time));
      JsonNode rows = require(chains(client, "chain:").get(time));
      assertEquals(list.path("pcr"), rows.path("pcr"));
      assertEquals(list.path("strikes").size(), rows.path("strikes").size());
      rows(list)
          .forEach(
              row -> assertEquals(row, rows.path("strikes").path(row.path("strike").asString())));
    }
  }

  private static Set<Long> common(TestClient client) {
    Set<Long> times = new HashSet<>(chains(client, "chain:").keySet());
    times.retainAll(chains(client, "option-chain:").keySet());
    return times;
  }

  private static JsonNode require(@Nullable JsonNode chain) {
    assertNotNull(chain);
    return chain;
  }

  @Test
  void restAnswersWhatIsPublished() throws Exception {
    try (TestClient client = client(quoted("option-chain"))) {
      long first = awaitChain(client).path("t").asLong();
      client.await(it -> it.at("/data/t").asLong() > first + 1_500); // the cache's is in between
      JsonNode answered = json(get(BASE + "/" + expiry));
      long time = answered.path("t").asLong();
      assertEquals(client.await(it -> it.at("/data/t").asLong() == time).path("data"), answered);
    }
  }

  /** They are kept while somebody wants the chain, so that three are there after three seconds. */
  @Test
  void theHistoryHasTheLastThreeSnapshots() throws Exception {
    try (TestClient client = client(quoted("option-chain"))) {
      client.await(_ -> snapshotTimes().size() == 3);
      List<Long> times = snapshotTimes();
      assertEquals(3, times.size());
      assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
    }
  }

  /** The times of the snapshots that are kept; none before the first. */
  private List<Long> snapshotTimes() {
    try {
      HttpResponse<String> answer = get(BASE + "/" + expiry + "/history");
      return answer.statusCode() == 200
          ? StreamSupport.stream(json(answer).path("snapshots").spliterator(), false)
              .map(snapshot -> snapshot.path("t").asLong())
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void aChainThatNobodyWantsIsComputedForTheCall() throws Exception {
    String last = json(get(BASE + "/expiries")).at("/expiries/2").asString();
    JsonNode chain = json(get(BASE + "/" + last));
    assertEquals(last, chain.path("expiry").asString());
    assertFalse(chain.path("strikes").isEmpty(), chain::toString);
    Await.until(() -> strikes(last) == STRIKES); // all are quoted within the first second
  }

  private int strikes(String of) {
    try {
      return json(get(BASE + "/" + of)).path("strikes").size();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
