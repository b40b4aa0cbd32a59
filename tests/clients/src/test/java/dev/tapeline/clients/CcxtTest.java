package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.compose.LiveServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * npm's ccxt, whose {@code watchTrades} takes us for Binance. A program watches to subscribe, and
 * watches again to reconnect. It can't ask for missed messages.
 */
@ExtendWith(WithNode.class)
@Timeout(240)
class CcxtTest {

  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = NodeClient.start("ccxt", server.ws("/ws"));
    client.send("watch", "BTC/USDT");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private JsonNode awaitTrade(long id) {
    JsonNode trade =
        client.awaitWhile(
            "trade", () -> server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", id)));
    assertEquals(id, trade.path("id").asLong());
    return trade;
  }

  @Test
  void watchesTradesUntilItDoesNotWantTo() {
    JsonNode trade = awaitTrade(17);
    assertEquals("BTC/USDT", trade.path("symbol").asString());
    assertEquals(1_700_000_000_000L, trade.path("timestamp").asLong());
    assertEquals("sell", trade.path("side").asString());
    assertEquals(65_000.1, trade.path("price").asDouble());
    assertEquals(0.003, trade.path("amount").asDouble());
    client.send("unwatch", "BTC/USDT");
    client.await("unwatched");
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void comesBackAfterARestart() {
    awaitTrade(1);
    server.restart();
    assertEquals("NetworkError", client.await("failed").path("error").asString());
    JsonNode trade = awaitTrade(2);
    assertEquals("BTC/USDT", trade.path("symbol").asString());
  }
}
