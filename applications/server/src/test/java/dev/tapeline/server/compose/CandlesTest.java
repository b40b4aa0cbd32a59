package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.TestClient;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Bars of the simulated market, from its ticks to a client's socket. */
@Timeout(60)
class CandlesTest {

  @Test
  void aClientGetsFormingAndClosedBarsOfTheFramesThatItWants() {
    try (LiveServer server = LiveServer.simulated();
        TestClient client = new TestClient(URI.create(server.url("")).getPort(), "/ws")) {
      client.subscribe("\"candles:NIFTY:1m\"", "\"candles:RELIANCE:1s\"");
      JsonNode forming = bar(client, "candles:NIFTY:1m", false);
      assertEquals("NIFTY", forming.path("symbol").stringValue());
      assertEquals(0, forming.path("t").longValue() % 60_000);
      assertTrue(forming.path("simulated").booleanValue());
      assertTrue(forming.path("v").isMissingNode());
      JsonNode closed = bar(client, "candles:RELIANCE:1s", true);
      assertEquals("1s", closed.path("tf").stringValue());
      assertTrue(closed.path("v").decimalValue().signum() > 0);
      assertTrue(closed.path("h").decimalValue().compareTo(closed.path("l").decimalValue()) >= 0);
    }
  }

  private static JsonNode bar(TestClient client, String channel, boolean closed) {
    return client
        .await(frame ->
            frame.path("channel").asString("").equals(channel)
                && frame.path("data").path("closed").isBoolean()
                && frame.path("data").path("closed").booleanValue() == closed)
        .path("data");
  }
}
