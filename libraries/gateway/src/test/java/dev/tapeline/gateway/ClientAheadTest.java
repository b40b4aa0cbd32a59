package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.awaitNumber;
import static dev.tapeline.gateway.TestChannels.first;
import static dev.tapeline.gateway.TestChannels.numbers;
import static dev.tapeline.gateway.TestChannels.recover;
import static dev.tapeline.gateway.TestChannels.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A client comes from a quicker node, and holds more than this one has got yet. */
@Timeout(60)
class ClientAheadTest {

  private static final String CHANNEL = "trade@A";

  private final LateNode node = new LateNode(CHANNEL);

  /** Another client has the channel here already, so that the node knows where it stood. */
  private TestClient other;

  private String epoch;

  @BeforeEach
  void start() {
    other = node.client();
    epoch = first(other.subscribe('"' + CHANNEL + '"')).path("epoch").asString();
    node.publish(1, 4);
    awaitNumber(other, 4);
    node.late.holdBack();
  }

  @AfterEach
  void stop() {
    other.close();
    node.close();
  }

  private static void askFor(TestClient client, String channel, String heldEpoch, long seq) {
    client.send(
        "{\"action\":\"subscribe\",\"channels\":[%s]}".formatted(recover(channel, heldEpoch, seq)));
  }

  private void awaitAsked(double reads) {
    TestGateway.awaitTrue(() -> node.gateway.metric("tapeline.log.reads") >= reads);
  }

  private static boolean isRecovered(JsonNode subscribed) {
    return first(subscribed).path("recovered").asBoolean(false);
  }

  @Test
  void isAnsweredOnceTheNodeHasComeToWhereItIs() {
    node.publish(5, 7);
    try (TestClient client = node.client()) {
      askFor(client, CHANNEL, epoch, 6);
      awaitAsked(1);
      node.late.deliverOne();
      awaitNumber(other, 5);
      assertEquals(List.of(), client.ofType("subscribed"));
      node.late.deliverOne();
      JsonNode subscribed = client.awaitType("subscribed");
      assertTrue(isRecovered(subscribed), subscribed::toString);
      assertEquals(6, first(subscribed).path("seq").asLong());
      node.late.catchUp();
      awaitNumber(client, 7);
      assertEquals(List.of(7L), numbers(client));
    }
  }

  @Test
  void oneThatWantsTheLatestIsToo() {
    String chain = "option-chain:A:1";
    node.late.catchUp();
    String chainEpoch = first(other.subscribe('"' + chain + '"')).path("epoch").asString();
    node.late.holdBack();
    TestChannels.publish(node.gateway, chain, 1, 3);
    try (TestClient client = node.client()) {
      askFor(client, chain, chainEpoch, 3);
      awaitAsked(1);
      node.late.catchUp();
      assertTrue(isRecovered(client.awaitType("subscribed")));
      TestChannels.publish(node.gateway, chain, 4, 4);
      awaitNumber(client, 4);
      assertEquals(List.of(4L), numbers(client));
    }
  }

  @Test
  void manyAskTheLogTogether() {
    node.publish(5, 9);
    List<TestClient> clients = IntStream.range(0, 60).mapToObj(i -> node.client()).toList();
    clients.forEach(client -> askFor(client, CHANNEL, epoch, 9));
    awaitAsked(1);
    node.late.catchUp();
    for (TestClient client : clients) {
      assertTrue(isRecovered(client.awaitType("subscribed")));
      client.close();
    }
    assertEquals(1, node.gateway.metric("tapeline.log.reads"));
    assertEquals(60, node.gateway.metric("tapeline.recoveries"));
  }

  @Test
  void epochThatTheNodeHasYetToHearOfIsNoneThatHasEnded() {
    node.endEpoch();
    node.publish(1, 3);
    Position newest = node.bus.log().read(CHANNEL, 0, 0).toCompletableFuture().join().top();
    assertNotEquals(epoch, newest.epoch());
    try (TestClient client = node.client();
        TestClient former = node.client()) {
      askFor(client, CHANNEL, newest.epoch(), 2);
      askFor(former, CHANNEL, epoch, 4);
      assertTrue(isRecovered(former.awaitType("subscribed")), "the node still is where it was");
      awaitAsked(1);
      node.late.catchUp();
      JsonNode subscribed = client.awaitType("subscribed");
      assertTrue(isRecovered(subscribed), subscribed::toString);
      assertEquals(newest.epoch(), first(subscribed).path("epoch").asString());
      awaitNumber(client, 3);
      assertEquals(List.of(3L), numbers(client));
      assertEquals(0, former.awaitType("epoch").path("seq").asLong(-1));
      awaitNumber(former, 3);
      assertEquals(upTo(1, 3), numbers(former));
    }
  }

  @Test
  void whatNobodyHasPublishedIsRefusedAtOnce() {
    node.publish(5, 7);
    try (TestClient client = node.client()) {
      askFor(client, CHANNEL, epoch, 8);
      JsonNode subscribed = client.awaitType("subscribed");
      assertFalse(isRecovered(subscribed), subscribed::toString);
      assertEquals(4, first(subscribed).path("seq").asLong());
      node.late.catchUp();
      awaitNumber(client, 7);
      assertEquals(upTo(5, 7), numbers(client));
    }
  }
}
