package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a whole server that listens to the volatility index of the simulated market. */
@Timeout(60)
class VolatilityIndexOfDemoTest {

  private static String request(String symbol) {
    return "{\"action\":\"subscribe\",\"channels\":[\"ivdex:%s\"]}".formatted(symbol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NIFTY", "BANKNIFTY"})
  void whoSubscribesGetsTheIndexOfTheChains(String symbol) throws Exception {
    try (LiveServer server = LiveServer.simulated();
        HttpClient http = HttpClient.newHttpClient()) {
      Frames frames = new Frames();
      WebSocket socket =
          http.newWebSocketBuilder().buildAsync(URI.create(server.wsOfOwner("/ws")), frames).join();
      try {
        socket.sendText(request(symbol), true).join();
        JsonNode index = first(frames);
        assertEquals(symbol, index.path("symbol").asString());
        assertEquals("india", index.path("method").asString());
        assertTrue(index.path("simulated").asBoolean(), index::toString);
        double cm30 = index.path("cm30").asDouble();
        assertTrue(cm30 > 5 && cm30 < 40, index::toString);
        assertEquals(cm30, index.path("vix").asDouble(), cm30 / 4, index::toString);
        assertEquals(2, index.at("/n/expiries").asInt());
      } finally {
        socket.abort();
      }
    }
  }

  /** The first index that has both figures: the chains come one after the other. */
  private static JsonNode first(Frames frames) throws InterruptedException {
    JsonNode index;
    do {
      index = new JsonMapper().readTree(frames.await("\"cm30\":")).path("data");
    } while (!index.has("vix"));
    return index;
  }
}
