package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.awaitNumber;
import static dev.tapeline.gateway.TestChannels.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that wants something else of a channel while what it missed is read from the log. */
class GoneCursorTest {

  private static final String CHANNEL = "option-chain:A:1";

  private final LateNode node = new LateNode(CHANNEL);
  private TestClient client;

  /** The node misses number 3, and asks the log for it in vain so far. */
  @BeforeEach
  void start() {
    client = node.client();
    client.subscribe('"' + CHANNEL + '"');
    node.publish(1, 2);
    awaitNumber(client, 2);
    node.late.holdBack();
    node.log().holdBack();
    node.publish(3, 4);
    node.late.loseOne();
    node.late.catchUp();
    TestGateway.awaitTrue(() -> node.log().waiting() == 1);
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  @Test
  void whatWasMissedComesOnceItIsRead() {
    node.log().catchUp();
    awaitNumber(client, 4);
    assertEquals(List.of(1L, 2L, 3L, 4L), numbers(client));
  }

  @Test
  void theLatestAreNotFollowedByWhatTheyWereMergedOf() {
    client.subscribe("{\"channel\":\"" + CHANNEL + "\",\"mode\":\"latest\"}");
    awaitNumber(client, 4);
    node.log().catchUp();
    node.publish(5, 5);
    awaitNumber(client, 5);
    assertEquals(List.of(1L, 2L, 4L, 5L), numbers(client));
    assertEquals(List.of(), client.ofType("gap"));
  }

  @Test
  void nothingComesOfWhatWasGivenUp() {
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"" + CHANNEL + "\"]}");
    client.awaitType("unsubscribed");
    node.log().catchUp();
    client.subscribe("\"other\"");
    node.gateway.publish("other", "1");
    client.await(m -> m.path("type").asString().equals("data") && isOf(m, "other"));
    assertEquals(List.of(1L, 2L, 1L), numbers(client));
  }

  private static boolean isOf(JsonNode message, String channel) {
    return message.path("channel").asString().equals(channel);
  }
}
