package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.runtime.LiveServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** npm's {@code ws} in both forms of the native protocol, on a server with a real Redis. */
@Timeout(240)
class PlainSocketTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String TRADES = "trade@TATA_INR";
  private static final String CHAIN = "option-chain:NIFTY:2025-11-28";
  private static final String OLDER_FORM =
      "{\"type\":\"%s\",\"channel\":\"option-chain\",\"symbol\":\"NIFTY\",\"expiry\":\"2025-11-28\"}";

  private RealRedis redis;
  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    server = LiveServer.start(redis.setting());
    client = NodeClient.start("socket", server.ws("/"));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    redis.close();
  }

  private void open(String options) {
    client.send("open", options);
    client.await("open");
  }

  private JsonNode awaitMessage(String type) {
    return client.await(type).path("message");
  }

  private JsonNode act(String action, String channel) {
    client.send("send", "{\"action\":\"%s\",\"channels\":[%s]}".formatted(action, channel));
    return awaitMessage(action + "d");
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  private void publishTrades(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> server.publish(TRADES, "{\"n\":%d}".formatted(n)));
  }

  private void awaitTrades(int from, int to) {
    for (int n = from; n <= to; n++) {
      JsonNode message = awaitMessage("data");
      assertEquals(n, message.path("seq").asInt(), message::toString);
      assertEquals(n, message.path("data").path("n").asInt(), message::toString);
    }
  }

  private JsonNode recover(JsonNode granted, long seq) {
    String item =
        "{\"channel\":\"%s\",\"recover\":{\"epoch\":%s,\"seq\":%d}}"
            .formatted(TRADES, granted.path("epoch"), seq);
    JsonNode again = act("subscribe", item).path("channels").path(0);
    assertTrue(again.path("recovered").asBoolean(), again::toString);
    return again;
  }

  /** An option chain of 200 strikes, each with its own figures. */
  private static String chain() {
    return IntStream.range(0, 200)
        .mapToObj(i -> {
          int strike = 20_000 + 50 * i;
          return "{\"strike\":%d,\"ce\":{\"ltp\":%d.35,\"oi\":%d},\"pe\":{\"ltp\":%d.65,\"oi\":%d}}"
              .formatted(strike, 7 * i, 991 * i, 1_400 - 7 * i, 1_009 * i);
        })
        .collect(Collectors.joining(",", "{\"symbol\":\"NIFTY\",\"strikes\":[", "]}"));
  }

  @Test
  void actionsSubscribeReceiveAndUnsubscribe() {
    open("{}");
    assertEquals(TRADES, act("subscribe", quoted(TRADES)).at("/channels/0/channel").asString());
    publishTrades(1, 3);
    awaitTrades(1, 3);
    act("unsubscribe", quoted(TRADES));
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void theOlderFormSubscribesReceivesAndUnsubscribes() {
    open("{}");
    client.send("send", OLDER_FORM.formatted("subscribe"));
    awaitMessage("subscribed");
    server.publish(CHAIN, chain());
    JsonNode update = awaitMessage("update");
    assertEquals(CHAIN, update.path("channel").asString());
    assertEquals(JSON.readTree(chain()), update.path("data"));
    client.send("send", OLDER_FORM.formatted("unsubscribe"));
    awaitMessage("unsubscribed");
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void theOlderFormReceivesAgainAfterARestart() {
    open("{}");
    client.send("send", OLDER_FORM.formatted("subscribe"));
    awaitMessage("subscribed");
    server.restart();
    client.await("closed");
    open("{}");
    client.send("send", OLDER_FORM.formatted("subscribe"));
    awaitMessage("subscribed");
    server.publish(CHAIN, chain());
    assertEquals(JSON.readTree(chain()), awaitMessage("update").path("data"));
  }

  @Test
  void whatWasMissedComesAfterABreakAndAfterARestart() {
    open("{}");
    JsonNode granted = act("subscribe", quoted(TRADES)).path("channels").path(0);
    publishTrades(1, 3);
    awaitTrades(1, 3);
    client.send("cut", "");
    client.await("closed");
    publishTrades(4, 9);
    client.send("mend", "");
    open("{}");
    recover(granted, 3);
    awaitTrades(4, 9);
    server.restart();
    client.await("closed");
    publishTrades(10, 15);
    open("{}");
    recover(granted, 9);
    publishTrades(16, 16);
    awaitTrades(10, 16);
    assertTrue(linesOfAll().allMatch(lines -> lines == 1));
  }

  /** The last column: what part of its length a long message may take at most, in percent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | none | 110",
        "true | permessage-deflate | 50",
        "{\"threshold\":0} | permessage-deflate | 50",
        "{\"serverMaxWindowBits\":15} | permessage-deflate | 50",
        "{\"serverMaxWindowBits\":9} | server_max_window_bits=9 | 75",
      })
  void longMessagesComeAsTheClientWantsThem(String deflate, String extension, int percent) {
    open("{\"options\":{\"perMessageDeflate\":%s}}".formatted(deflate));
    String agreed = client.await("upgraded").path("extensions").asString("none");
    assertTrue(agreed.contains(extension), agreed);
    act("subscribe", quoted(CHAIN));
    long before = client.all("subscribed").getLast().path("received").asLong();
    server.publish(CHAIN, chain());
    JsonNode event = client.await("data");
    assertEquals(JSON.readTree(chain()), event.path("message").path("data"));
    long bytes = event.path("received").asLong() - before;
    assertTrue(bytes * 100 < (long) chain().length() * percent, bytes + " of " + chain().length());
  }

  @Test
  void linesHoldWhatIsWrittenAtOnce() {
    open("{\"path\":\"/ws?lines=true\"}");
    assertTrue(client.await("upgraded").path("extensions").isMissingNode());
    JsonNode granted = act("subscribe", quoted(TRADES)).path("channels").path(0);
    publishTrades(1, 50);
    awaitTrades(1, 50);
    act("unsubscribe", quoted(TRADES));
    recover(granted, 0);
    awaitTrades(1, 50);
    assertTrue(linesOfAll().anyMatch(lines -> lines > 1));
  }

  private IntStream linesOfAll() {
    return client.all("data").stream().mapToInt(event -> event.path("lines").asInt());
  }

  @Test
  void everyTickComesWithoutASubscription() {
    open("{\"path\":\"/stream/ticks\"}");
    client.awaitWhile("tick", () -> server.publish("market:tick", "{\"symbol\":\"NIFTY\"}"));
    assertEquals("NIFTY", client.all("tick").getFirst().at("/message/symbol").asString());
  }
}
