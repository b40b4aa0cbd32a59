package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A front end of the {@code trade@MARKET} family, which throws on anything that is not a
 * publication. It can't ask for missed messages, and reconnects when its page is loaded again.
 */
@ExtendWith(WithNode.class)
@Timeout(240)
class FrontEndTest {

  private static final String TICKER =
      "{\"stream\":\"ticker@TATA_INR\",\"data\":{\"e\":\"ticker\",\"c\":\"1000.50\"}}";
  private static final String DEPTH =
      "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depth\",\"a\":[[\"1001.00\",\"50\"]],\"b\":[]}}";

  @Test
  void getsNothingThatItThrowsAt() {
    try (LiveServer server = LiveServer.start();
        NodeClient client = NodeClient.start("front-end", server.ws("/"))) {
      server.publish("ticker@TATA_INR", TICKER);
      client.send("subscribe", "trade@TATA_INR");
      client.send("subscribe", "depth@TATA_INR");
      client.send("subscribe", "ticker@TATA_INR"); // the last one: its newest value comes at once
      assertEquals("1000.50", client.await("ticker").path("data").path("c").asString());
      server.publish("trade@TATA_INR", Trades.published("TATA_INR", 4));
      server.publish("depth@TATA_INR", DEPTH);
      assertEquals(4, client.await("trade").path("data").path("t").asInt());
      assertEquals("depth@TATA_INR", client.await("depth").path("stream").asString());
      client.send("unsubscribe", "depth@TATA_INR");
      server.awaitMetric("tapeline_subscriptions", 2);
      server.restart();
      client.await("closed");
      client.send("load", "");
      client.send("subscribe", "trade@TATA_INR");
      client.awaitWhile(
          "trade", () -> server.publish("trade@TATA_INR", Trades.published("TATA_INR", 5)));
      assertEquals(List.of(), client.all("threw"));
    }
  }
}
