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

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that has got from the log what has yet to come to its node by the bus. */
class LogAheadTest {

  private static final String CHANNEL = "option-chain:A:1";

  private final LateNode node = new LateNode(CHANNEL);
  private TestClient client;

  /** Another client has the channel here already, so that the node knows where it stood. */
  private TestClient other;

  private String epoch;

  /** The log has 1 to 4, of which the node has got 2. */
  @BeforeEach
  void start() {
    other = node.client();
    epoch = first(other.subscribe('"' + CHANNEL + '"')).path("epoch").asString();
    node.publish(1, 2);
    awaitNumber(other, 2);
    node.late.holdBack();
    node.publish(3, 4);
    client = node.client();
  }

  @AfterEach
  void stop() {
    client.close();
    other.close();
    node.close();
  }

  private JsonNode subscribe(String options) {
    return first(client.subscribe("{\"channel\":\"" + CHANNEL + "\"," + options + "}"));
  }

  @Test
  void getsNothingTwiceWhenItAsksForOtherOptions() {
    subscribe("\"since\":%d,\"speed\":1000".formatted(System.currentTimeMillis() - 60_000));
    awaitNumber(client, 4);
    assertEquals(4, subscribe("\"mode\":\"latest\",\"snapshot\":true").path("seq").asLong());
    assertEquals(4, subscribe("\"mode\":\"all\"").path("seq").asLong());
    node.late.catchUp();
    node.publish(5, 5);
    awaitNumber(client, 5);
    assertEquals(upTo(1, 5), numbers(client));
    assertEquals(List.of(), client.ofType("snapshot"));
  }

  @Test
  void replayOfAnEpochThatHasEndedMeanwhileIsNone() {
    node.late.catchUp();
    node.log().holdBack();
    client.send(
        "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"%s\",\"since\":%d,\"speed\":1000}]}"
            .formatted(CHANNEL, System.currentTimeMillis() + 60_000));
    TestGateway.awaitTrue(() -> node.log().waiting() == 1);
    node.endEpoch();
    node.publish(5, 5);
    node.log().catchUp();
    JsonNode granted = first(client.awaitType("subscribed"));
    assertFalse(granted.path("recovered").asBoolean(true));
    assertNotEquals(epoch, granted.path("epoch").asString());
    assertEquals(1, granted.path("seq").asLong());
    node.publish(6, 6);
    awaitNumber(client, 2);
    assertEquals(List.of(2L), numbers(client));
  }

  @Test
  void recoveryEndsAReplay() {
    node.late.catchUp();
    subscribe("\"since\":%d,\"speed\":0.1".formatted(System.currentTimeMillis() - 3_600_000));
    JsonNode granted = first(client.subscribe(recover(CHANNEL, epoch, 1)));
    assertTrue(granted.path("recovered").asBoolean());
    assertEquals(4, granted.path("seq").asLong());
    awaitNumber(client, 4);
    assertEquals(upTo(2, 4), numbersBehindTheLastAnswer());
  }

  /** The replay may have given its first publication before the answer. */
  private List<Long> numbersBehindTheLastAnswer() {
    List<JsonNode> all = client.texts().stream().map(TestClient.JSON::readTree).toList();
    JsonNode last = client.ofType("subscribed").getLast();
    return all.subList(all.lastIndexOf(last), all.size()).stream()
        .filter(message -> message.path("type").asString("").equals("data"))
        .map(message -> message.path("seq").asLong())
        .toList();
  }
}
