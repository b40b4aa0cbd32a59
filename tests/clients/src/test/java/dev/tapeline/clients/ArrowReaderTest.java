package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import dev.tapeline.store.PostgresForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PyPI's {@code pyarrow} reads of the history what the same calls answer as JSON. */
@ExtendWith(WithPython.class)
@Timeout(240)
class ArrowReaderTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROWS = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server =
        LiveServer.simulated(
            Map.of(
                "TAPELINE_BARS",
                "1s",
                "TAPELINE_HISTORY",
                "1s,ticks",
                "DATABASE_URL",
                PostgresForTests.newDatabase()));
    client = PythonPackages.start("arrow_reader", server.url(""));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    http.close();
  }

  private JsonNode read(String path) {
    client.send("read", path);
    return client.await("table");
  }

  /** The path of a page that does not change any more, as soon as the store has it. */
  private String settled(String path, String name) throws Exception {
    while (true) {
      JsonNode entries = get(path).path(name);
      if (entries.size() > 2 * ROWS) {
        JsonNode last = entries.get(entries.size() - 1);
        return "%s&from=%s&to=%s".formatted(path, entries.get(0).path("t"), last.path("t"));
      }
      Thread.sleep(50);
    }
  }

  /** The answer as JSON, also that of a store that is not there yet. */
  private JsonNode get(String path) throws Exception {
    HttpRequest call = HttpRequest.newBuilder(URI.create(server.url(path))).build();
    return JSON.readTree(http.send(call, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static List<String> column(JsonNode rows, String name) {
    return rows.valueStream().map(row -> text(row.path(name))).toList();
  }

  /** Numbers without what JSON's writers do differently; empty if there is none. */
  private static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isNumber() ? Double.toString(value.asDouble()) : value.asString();
  }

  private void assertSame(JsonNode table, JsonNode entries, Map<String, String> names) {
    assertEquals("application/vnd.apache.arrow.stream", table.path("type").asString());
    assertTrue(entries.size() >= ROWS, entries::toString);
    names.forEach((column, name) ->
        assertEquals(column(entries, name), column(table.path("rows"), column), column));
  }

  @Test
  void candlesAreThoseOfJson() throws Exception {
    String path = settled("/api/v1/candles/RELIANCE?tf=1s", "candles");
    JsonNode table = read(path);
    JsonNode answer = get(path);
    assertSame(
        table,
        answer.path("candles"),
        Map.of("time", "t", "open", "o", "high", "h", "low", "l", "close", "c", "volume", "v"));
    assertSame(table, answer.path("candles"), Map.of("count", "n", "closed", "closed"));
    assertEquals("timestamp[ms, tz=UTC]", table.at("/columns/time").asString());
    assertEquals("double", table.at("/columns/close").asString());
    assertEquals("bool", table.at("/columns/partial").asString());
    assertEquals("2", table.at("/scales/close/scale").asString());
    assertEquals("RELIANCE", table.at("/metadata/symbol").asString());
    assertEquals("true", table.at("/metadata/simulated").asString());
    JsonNode index = read(settled("/api/v1/candles/NIFTY?tf=1s", "candles"));
    assertEquals(List.of(""), column(index.path("rows"), "volume").stream().distinct().toList());
  }

  @Test
  void indicatorsAreThoseOfJson() throws Exception {
    String path = settled("/api/v1/indicators/RELIANCE?tf=1s&spec=sma-2,vwap", "indicators");
    JsonNode table = read(path);
    JsonNode entries = get(path).path("indicators");
    assertSame(
        table, entries, Map.of("time", "t", "sma-2", "sma-2", "bars", "bars", "closed", "closed"));
    assertEquals(
        entries.valueStream().map(entry -> text(entry.at("/vwap-1/upper"))).toList(),
        column(table.path("rows"), "vwap-1.upper"));
    assertEquals("sma-2+vwap-1", table.at("/metadata/spec").asString());
  }

  @Test
  void ticksAreThoseOfJson() throws Exception {
    String path = settled("/api/v1/ticks/RELIANCE?limit=1000", "ticks");
    JsonNode table = read(path);
    assertSame(
        table,
        get(path).path("ticks"),
        Map.of("time", "t", "price", "p", "quantity", "q", "side", "side", "id", "id"));
    assertEquals("string", table.at("/columns/side").asString());
  }
}
