package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.runtime.LiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** npm's ccxt, whose {@code watchTrades} takes us for Binance. */
@Timeout(240)
class CcxtTest {

  @Test
  void watchesTrades() {
    try (LiveServer server = LiveServer.start();
        NodeClient client = NodeClient.start("ccxt", server.ws("/ws"))) {
      client.send("watch", "BTC/USDT");
      JsonNode trade =
          client.awaitWhile(
              "trade", () -> server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", 17)));
      assertEquals("17", trade.path("id").asString());
      assertEquals("BTC/USDT", trade.path("symbol").asString());
      assertEquals(1_700_000_000_000L, trade.path("timestamp").asLong());
      assertEquals("sell", trade.path("side").asString());
      assertEquals(65_000.1, trade.path("price").asDouble());
      assertEquals(0.003, trade.path("amount").asDouble());
    }
  }
}
