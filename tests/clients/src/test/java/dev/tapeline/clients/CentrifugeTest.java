package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** npm's {@code centrifuge}. */
@ExtendWith(WithNode.class)
@Timeout(240)
class CentrifugeTest {

  private static final String PLAIN = "news";
  private static final String DURABLE = "trade@TATA_INR";

  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = NodeClient.start("centrifuge", server.ws("/connection/websocket"));
    client.await("connected");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void publish(String channel, int number) {
    server.publish(channel, "{\"n\":%d}".formatted(number));
  }

  private void assertReceives(int number) {
    JsonNode publication = client.await("publication");
    assertEquals(number, publication.path("data").path("n").asInt(), publication::toString);
  }

  @Test
  void subscribesReceivesAndUnsubscribes() {
    client.send("subscribe", PLAIN);
    assertFalse(client.await("subscribed").path("recoverable").asBoolean());
    publish(PLAIN, 1);
    assertReceives(1);
    client.send("unsubscribe", PLAIN);
    client.await("unsubscribed");
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void getsWhatItHasMissedOnADurableChannel() {
    client.send("subscribe", DURABLE);
    JsonNode first = client.await("subscribed");
    assertTrue(first.path("recoverable").asBoolean());
    assertFalse(first.path("wasRecovering").asBoolean());
    publish(DURABLE, 1);
    assertReceives(1);
    client.send("disconnect", "");
    client.await("disconnected");
    publish(DURABLE, 2);
    publish(DURABLE, 3);
    client.send("connect", "");
    JsonNode again = client.await("subscribed");
    assertTrue(again.path("wasRecovering").asBoolean(), again::toString);
    assertTrue(again.path("recovered").asBoolean(), again::toString);
    assertReceives(2);
    assertReceives(3);
    publish(DURABLE, 4);
    assertReceives(4);
    assertEquals(4, client.all("publication").size());
  }

  @Test
  void publishesIfItsRoleMay() {
    client.send("publish", PLAIN);
    assertEquals(103, client.await("refused").path("code").asInt());
    client.send("subscribe", DURABLE);
    client.await("subscribed");
    try (NodeClient owner =
        NodeClient.start("centrifuge", server.wsOfOwner("/connection/websocket"))) {
      owner.await("connected");
      owner.send("publish", DURABLE);
      owner.await("published");
      assertReceives(1);
      owner.send("subscribe", DURABLE);
      owner.await("subscribed");
      owner.send("publishSubscribed", DURABLE);
      owner.await("published");
      assertReceives(2);
    }
  }

  @Test
  void getsWhatItHasMissedAfterARestart() {
    try (RealRedis redis = RealRedis.running();
        LiveServer durable = LiveServer.start(redis.setting());
        NodeClient other = NodeClient.start("centrifuge", durable.ws("/connection/websocket"))) {
      other.send("subscribe", DURABLE);
      other.await("subscribed");
      durable.publish(DURABLE, "{\"n\":1}");
      other.await("publication");
      durable.restart();
      durable.publish(DURABLE, "{\"n\":2}");
      assertTrue(other.await("subscribed").path("recovered").asBoolean());
      durable.publish(DURABLE, "{\"n\":3}");
      other.await("publication");
      other.await("publication");
      List<Integer> all =
          other.all("publication").stream().map(one -> one.at("/data/n").asInt()).toList();
      assertEquals(List.of(1, 2, 3), all);
    }
  }

  @Test
  void comesBackByItselfAfterARestartAndKnowsThatItCanNotRecover() {
    client.send("subscribe", DURABLE);
    client.await("subscribed");
    publish(DURABLE, 1);
    assertReceives(1);
    server.restart();
    JsonNode again = client.await("subscribed");
    assertTrue(again.path("wasRecovering").asBoolean(), again::toString);
    assertFalse(again.path("recovered").asBoolean(), again::toString);
    publish(DURABLE, 2);
    assertReceives(2);
  }
}
