package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.rule;
import static dev.tapeline.gateway.TestChannels.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Centrifugo's protocol on durable channels: positions, recovery, and what is told of loss. */
class CentrifugoRecoveryTest {

  private static final String PATH = "/connection/websocket";
  private static final String CONNECT = "{\"connect\":{},\"id\":1}";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    EmbeddedBus bus = TestChannels.bus(2, rule("trade@*", 30_000), rule("short:*", 10));
    gateway = new TestGateway(bus, config -> config.hub(it -> it.ringBytes(4 << 10)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void publish(String channel, int from, int to) {
    TestChannels.publish(gateway, channel, from, to);
  }

  private static String subscribe(int id, String channel) {
    return "{\"subscribe\":{\"channel\":\"%s\"},\"id\":%d}".formatted(channel, id);
  }

  private static String recover(int id, String channel, String epoch, long offset, int flag) {
    String at = offset == 0 ? "" : ",\"offset\":" + offset;
    return "{\"subscribe\":{\"channel\":\"%s\",\"recover\":true,\"epoch\":\"%s\"%s,\"flag\":%d},\"id\":%d}"
        .formatted(channel, epoch, at, flag, id);
  }

  /** Connects and subscribes in one frame, under the numbers 1 and 2. */
  private JsonNode begin(TestClient client, String command) {
    client.send(CONNECT + "\n" + command);
    return reply(client, 2);
  }

  private static JsonNode reply(TestClient client, int id) {
    return client.await(m -> m.path("id").asInt(0) == id);
  }

  /** The epoch of a channel, as a client that goes away again learns it. */
  private String epochOf(String channel) {
    String epoch;
    try (TestClient client = gateway.client(PATH)) {
      epoch = begin(client, subscribe(2, channel)).path("subscribe").path("epoch").asString();
    }
    gateway.awaitClients(0);
    return epoch;
  }

  private static void awaitOffset(TestClient client, long offset) {
    client.await(m -> m.path("push").path("pub").path("offset").asLong(0) == offset);
  }

  private static List<Long> offsets(TestClient client) {
    return client.texts().stream()
        .map(text -> TestClient.JSON.readTree(text).path("push").path("pub").path("offset"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asLong)
        .toList();
  }

  private static boolean isLoss(JsonNode message) {
    return message.path("push").path("unsubscribe").path("code").asInt(0) == 2500;
  }

  private static void assertRefused(long offset, JsonNode reply) {
    JsonNode result = reply.path("subscribe");
    assertTrue(result.path("was_recovering").asBoolean(), reply::toString);
    assertFalse(result.path("recovered").asBoolean(true), reply::toString);
    assertEquals(offset, result.path("offset").asLong(), reply::toString);
  }

  @Test
  void durableChannelsTellWhereTheyStandAndNumberWhatFollows() {
    publish("trade@A", 1, 3);
    try (TestClient client = gateway.client(PATH)) {
      JsonNode result = begin(client, subscribe(2, "trade@A")).path("subscribe");
      assertTrue(result.path("recoverable").asBoolean());
      assertTrue(result.path("positioned").asBoolean());
      assertFalse(result.path("epoch").asString().isEmpty());
      assertEquals(3, result.path("offset").asLong());
      assertFalse(result.has("was_recovering"));
      gateway.publish("trade@A", "{\"p\": 1}");
      awaitOffset(client, 4);
      assertEquals(
          "{\"push\":{\"channel\":\"trade@A\",\"pub\":{\"data\":{\"p\": 1},\"offset\":4}}}",
          client.texts().getLast());
    }
  }

  @Test
  void allThatWasMissedFollowsTheReplyFromTheOffsetThatTheClientHeld() {
    String epoch = epochOf("trade@A");
    int newest = 500;
    publish("trade@A", 1, newest);
    for (long held : List.of(0L, 100L, 500L)) {
      try (TestClient client = gateway.client(PATH)) {
        JsonNode result = begin(client, recover(2, "trade@A", epoch, held, 0)).path("subscribe");
        assertTrue(result.path("was_recovering").asBoolean());
        assertTrue(result.path("recovered").asBoolean());
        assertEquals(epoch, result.path("epoch").asString());
        assertEquals(held, result.path("offset").asLong());
        publish("trade@A", ++newest, newest);
        awaitOffset(client, newest);
        assertEquals(upTo(held + 1, newest), offsets(client));
      }
    }
  }

  @Test
  void whatTheLogHasNoMoreIsNotRecovered() {
    String epoch = epochOf("short:A");
    publish("short:A", 1, 12);
    try (TestClient client = gateway.client(PATH)) {
      assertRefused(12, begin(client, recover(2, "short:A", epoch, 1, 0)));
      publish("short:A", 13, 13);
      awaitOffset(client, 13);
      assertEquals(List.of(13L), offsets(client));
    }
  }

  @Test
  void anotherEpochOrNoneIsNotRecovered() {
    publish("trade@A", 1, 5);
    for (String epoch : List.of("other", "")) {
      try (TestClient client = gateway.client(PATH)) {
        assertRefused(5, begin(client, recover(2, "trade@A", epoch, 3, 0)));
      }
    }
  }

  @Test
  void whoWantsAllOrNothingIsRefusedTheSubscription() {
    publish("trade@A", 1, 5);
    try (TestClient client = gateway.client(PATH)) {
      JsonNode reply = begin(client, recover(2, "trade@A", "other", 3, 3));
      assertEquals(112, reply.path("error").path("code").asInt(), reply::toString);
      assertEquals(0, gateway.meters.get("tapeline.subscriptions").gauge().value());
      client.send(subscribe(3, "trade@A"));
      assertEquals(5, reply(client, 3).path("subscribe").path("offset").asLong());
    }
  }

  @Test
  void aNewEpochEndsTheSubscriptionUntilTheClientAsksAgain() {
    publish("trade@A", 1, 5);
    try (TestClient client = gateway.client(PATH)) {
      String epoch =
          begin(client, subscribe(2, "trade@A")).path("subscribe").path("epoch").asString();
      publish("trade@B", 1, 1);
      publish("trade@C", 1, 1); // one log too many: that of trade@A goes
      publish("trade@A", 1, 2);
      client.await(CentrifugoRecoveryTest::isLoss);
      TestGateway.awaitTrue(
          () -> gateway.meters.get("tapeline.subscriptions").gauge().value() == 0);
      client.send(recover(3, "trade@A", epoch, 5, 0));
      JsonNode again = reply(client, 3);
      assertRefused(2, again);
      assertNotEquals(epoch, again.path("subscribe").path("epoch").asString());
      publish("trade@A", 3, 3);
      awaitOffset(client, 3);
      assertEquals(List.of(3L), offsets(client));
    }
  }

  @Test
  void aHoleEndsTheSubscriptionAndNothingFollows() {
    int all = 60_000;
    try (RawClient slow = RawClient.upgraded(gateway.port, PATH, 4096)) {
      slow.send(CONNECT + "\n" + subscribe(2, "short:A"));
      slow.read();
      slow.read();
      for (int n = 1; n <= all; n += 10) {
        publish("short:A", n, n + 9);
      }
      long held = 0;
      JsonNode message = TestClient.JSON.readTree(slow.read());
      while (!isLoss(message)) {
        assertEquals(++held, message.path("push").path("pub").path("offset").asLong());
        message = TestClient.JSON.readTree(slow.read());
      }
      assertTrue(held < all, "the client was not slow enough to tell");
      publish("short:A", all + 1, all + 1);
      slow.send("{\"dance\":{},\"id\":3}");
      String answer = slow.read();
      assertEquals(3, TestClient.JSON.readTree(answer).path("id").asInt(), answer);
      assertEquals(0, gateway.meters.get("tapeline.subscriptions").gauge().value());
    }
  }
}
