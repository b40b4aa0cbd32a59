package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A client with npm's {@code ws} that speaks the native protocol and subscribes to numbered trades.
 */
final class NativeClient implements AutoCloseable {

  static final String TRADES = "trade@TATA_INR";

  private final LiveServer server;
  private final NodeClient client;

  NativeClient(LiveServer server) {
    this.server = server;
    client = NodeClient.start("socket", server.ws("/"));
  }

  NodeClient node() {
    return client;
  }

  /** Connects with the options of {@code socket.mjs}; returns the negotiated extensions. */
  String open(String options) {
    client.send("open", options);
    client.await("open");
    return client.await("upgraded").path("extensions").asString("none");
  }

  /** Subscribes to a channel, or with an object that names one; returns its part of the answer. */
  JsonNode subscribe(String wanted) {
    String item = wanted.startsWith("{") ? wanted : '"' + wanted + '"';
    return act("subscribe", item).path("message").path("channels").path(0);
  }

  void unsubscribe(String channel) {
    act("unsubscribe", '"' + channel + '"');
  }

  private JsonNode act(String action, String item) {
    client.send("send", "{\"action\":\"%s\",\"channels\":[%s]}".formatted(action, item));
    return client.await(action + "d");
  }

  /** Subscribes to the trades after a number of an epoch, and checks that this is possible. */
  void recover(JsonNode granted, long seq) {
    JsonNode again =
        subscribe(
            "{\"channel\":\"%s\",\"recover\":{\"epoch\":%s,\"seq\":%d}}"
                .formatted(TRADES, granted.path("epoch"), seq));
    assertTrue(again.path("recovered").asBoolean(), again::toString);
  }

  void publishTrades(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> server.publish(TRADES, "{\"n\":%d}".formatted(n)));
  }

  /** Waits for these trades, which must be the next ones. */
  void awaitTrades(int from, int to) {
    for (int n = from; n <= to; n++) {
      JsonNode message = client.await("data").path("message");
      assertEquals(n, message.path("seq").asInt(), message::toString);
      assertEquals(n, message.path("data").path("n").asInt(), message::toString);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
