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
 * PyPI's {@code binance-connector}, which connects to {@code /ws} or {@code /stream} and then names
 * its streams. It can't ask for missed messages.
 */
@ExtendWith(WithPython.class)
@Timeout(240)
class BinancePythonTest {

  private static final JsonMapper JSON = new JsonMapper();

  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = PythonPackages.start("binance_spot", server.ws(""));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private JsonNode next() {
    return client.await("message").path("message");
  }

  private JsonNode answer(String command, String argument) {
    client.send(command, argument);
    return next();
  }

  private void connect(String form) {
    client.send("connect", form);
    client.await("open");
  }

  @Test
  void subscribesReceivesAndUnsubscribesAsItDoesByDefault() {
    connect("raw");
    assertTrue(answer("trade", "BTCUSDT").path("result").isNull());
    server.awaitMetric("tapeline_subscriptions", 1);
    server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", 1));
    assertEquals(JSON.readTree(Trades.trade("BTCUSDT", 1)), next());
    assertEquals("btcusdt@trade", answer("list", "").path("result").path(0).asString());
    assertTrue(answer("unsubscribe", "btcusdt@trade").path("result").isNull());
    server.awaitMetric("tapeline_subscriptions", 0);
    client.send("stop", "");
    client.await("close");
  }

  @Test
  void subscribesToCombinedStreamsAndIsToldWhatIsNotThere() {
    connect("combined");
    assertTrue(answer("subscribe", "ethusdt@trade").path("result").isNull());
    server.awaitMetric("tapeline_subscriptions", 1);
    server.publish("trade@ETHUSDT", Trades.published("ETHUSDT", 2));
    JsonNode message = next();
    assertEquals("ethusdt@trade", message.path("stream").asString());
    assertEquals(JSON.readTree(Trades.trade("ETHUSDT", 2)), message.path("data"));
    JsonNode refused = answer("subscribe", "!ticker@arr");
    assertEquals(2, refused.path("error").path("code").asInt(), refused::toString);
  }

  /** The client can't reconnect: the program is told, and connects again. */
  @Test
  void theProgramIsToldOfARestartAndConnectsAgain() {
    connect("raw");
    assertTrue(answer("trade", "BTCUSDT").path("result").isNull());
    server.restart();
    client.await("close");
    connect("raw");
    assertTrue(answer("trade", "BTCUSDT").path("result").isNull());
    server.awaitMetric("tapeline_subscriptions", 1);
    server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", 3));
    assertEquals(JSON.readTree(Trades.trade("BTCUSDT", 3)), next());
  }
}
