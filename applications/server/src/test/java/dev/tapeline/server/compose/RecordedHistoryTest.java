package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.store.PostgresForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose simulated market is recorded in a real database. */
class RecordedHistoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  private static Settings settings(String database) {
    return Settings.load(
        Map.of(),
        Map.of(
            "TAPELINE_BIND_HOST", "127.0.0.1",
            "TAPELINE_API_PORT", "0",
            "REDIS_WS_GATEWAY_PORT", "0",
            "TAPELINE_FEED", "simulator",
            "TAPELINE_BARS", "1s",
            "TAPELINE_HISTORY", "1s,ticks",
            "DATABASE_URL", database));
  }

  private JsonNode get(Tapeline server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.ports().getFirst(), path));
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }

  /** The candles or ticks of the path, as soon as there are so many. */
  private List<JsonNode> await(Tapeline server, String path, String name, int size)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode answer = get(server, path);
      if (answer.path(name).size() >= size) {
        assertTrue(answer.path("simulated").asBoolean(), answer::toString);
        return answer.path(name).valueStream().toList();
      }
      assertTrue(System.nanoTime() < end, answer::toString);
      Thread.sleep(50);
    }
  }

  @Test
  void historyOfTheSimulatedMarketIsThereAfterARestart() throws Exception {
    String database = PostgresForTests.newDatabase();
    long last;
    try (Tapeline server = Tapeline.start(settings(database), List.of(new FeedPlan.Simulator()))) {
      await(server, "/api/v1/ticks/NIFTY", "ticks", 3);
      List<JsonNode> candles = await(server, "/api/v1/candles/NIFTY?tf=1s", "candles", 3);
      last = candles.getLast().path("t").asLong();
      assertEquals("up", get(server, "/health/ready").path("database").asString());
    }
    try (Tapeline server = Tapeline.start(settings(database), List.of(new FeedPlan.Simulator()))) {
      List<JsonNode> before =
          await(server, "/api/v1/candles/NIFTY?tf=1s&to=" + (last + 1), "candles", 3);
      assertEquals(last, before.getLast().path("t").asLong());
    }
  }
}
