package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * npm's {@code @binance/connector} on combined streams. It can't ask for missed messages, and
 * reconnects to the streams of its first path only.
 */
@ExtendWith(WithNode.class)
@Timeout(240)
class BinanceConnectorTest {

  private static final JsonMapper JSON = new JsonMapper();

  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = NodeClient.start("binance", server.ws(""));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** Waits for data, because the stream in the path is not acknowledged. */
  private void awaitData(long id) {
    JsonNode message =
        client.awaitWhile(
            "message", () -> server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", id)));
    assertEquals("btcusdt@trade", message.path("stream").asString());
    assertEquals(JSON.readTree(Trades.trade("BTCUSDT", id)), message.path("data"));
  }

  private void awaitAnswer() {
    JsonNode message = client.await("message");
    while (!message.has("result")) {
      message = client.await("message");
    }
    assertTrue(message.path("result").isNull(), message::toString);
  }

  private JsonNode nextOf(String symbol) {
    JsonNode message = client.await("message");
    while (!message.path("data").path("s").asString("").equals(symbol)) {
      message = client.await("message");
    }
    return message;
  }

  @Test
  void subscribesReceivesAndUnsubscribes() {
    client.send("subscribe", "btcusdt@trade");
    client.await("open");
    awaitData(1);
    client.send("subscribe", "ethusdt@trade");
    awaitAnswer();
    server.awaitMetric("tapeline_subscriptions", 2);
    server.publish("trade@ETHUSDT", Trades.published("ETHUSDT", 2));
    assertEquals("ethusdt@trade", nextOf("ETHUSDT").path("stream").asString());
    client.send("unsubscribe", "btcusdt@trade");
    awaitAnswer();
    server.awaitMetric("tapeline_subscriptions", 1);
  }

  @Test
  void comesBackByItselfAfterARestart() {
    client.send("subscribe", "btcusdt@trade");
    client.await("open");
    client.send("subscribe", "ethusdt@trade");
    awaitAnswer();
    server.restart();
    client.await("close");
    client.await("open");
    awaitData(3);
    server.awaitMetric("tapeline_subscriptions", 1);
  }
}
