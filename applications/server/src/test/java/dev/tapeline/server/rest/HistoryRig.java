package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Cache;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.sql.SqlHistory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** REST over a history in a real database, and a cache with the candles of the present. */
final class HistoryRig implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  final RestRig rest;
  private final EmbeddedCache cache = new EmbeddedCache(1000, () -> 0);
  private final Database database = PostgresForTests.upDatabase();

  HistoryRig(Map<String, String> settings, List<HistoryRow> rows) {
    SqlHistory history = new SqlHistory(database.jdbi());
    history.append(rows);
    rest = new RestRig(settings, cache);
    rest.history = Optional.of(history);
  }

  /** Puts a candle of BTCUSDT into the cache, as it would be published. */
  void put(String candle) {
    JsonNode of = JSON.readTree(candle);
    String key = Keys.candle("BTCUSDT", of.path("tf").asString(), of.path("t").asLong());
    cache
        .write(List.of(new Cache.Write.Put(key, candle, Duration.ofHours(1))))
        .toCompletableFuture()
        .join();
  }

  /** The good answer of a call, whose path is that behind {@code /api/v1/}. */
  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = rest.get("/api/v1/" + path);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    rest.close();
    database.close();
  }
}
