package dev.tapeline.gateway;

import static dev.tapeline.gateway.DurableChannels.awaitNumber;
import static dev.tapeline.gateway.DurableChannels.numbers;
import static dev.tapeline.gateway.DurableChannels.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.EmbeddedBus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that wants something else of a channel while what it missed is read from the log. */
class GoneCursorTest {

  private static final String CHANNEL = "option-chain:A:1";

  private final EmbeddedBus bus = DurableChannels.bus(2, rule("option-chain:*", 1_000));
  private final LateBus late = new LateBus(bus);
  private TestGateway gateway;
  private TestClient client;

  /** The node misses number 3, and asks the log for it in vain so far. */
  @BeforeEach
  void start() {
    gateway = new TestGateway(bus, late, config -> config);
    client = gateway.client("/ws");
    client.subscribe('"' + CHANNEL + '"');
    publish(1, 2);
    awaitNumber(client, 2);
    late.holdBack();
    late.log().holdBack();
    publish(3, 4);
    late.loseOne();
    late.catchUp();
    TestGateway.awaitTrue(() -> late.log().waiting() == 1);
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private void publish(int from, int to) {
    DurableChannels.publish(gateway, CHANNEL, from, to);
  }

  @Test
  void whatWasMissedComesOnceItIsRead() {
    late.log().catchUp();
    awaitNumber(client, 4);
    assertEquals(List.of(1L, 2L, 3L, 4L), numbers(client));
  }

  @Test
  void theLatestAreNotFollowedByWhatTheyWereMergedOf() {
    client.subscribe("{\"channel\":\"" + CHANNEL + "\",\"mode\":\"latest\"}");
    awaitNumber(client, 4);
    late.log().catchUp();
    publish(5, 5);
    awaitNumber(client, 5);
    assertEquals(List.of(1L, 2L, 4L, 5L), numbers(client));
    assertEquals(List.of(), client.ofType("gap"));
  }

  @Test
  void nothingComesOfWhatWasGivenUp() {
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"" + CHANNEL + "\"]}");
    client.awaitType("unsubscribed");
    late.log().catchUp();
    client.subscribe("\"other\"");
    gateway.publish("other", "1");
    client.await(m -> m.path("type").asString().equals("data") && isOf(m, "other"));
    assertEquals(List.of(1L, 2L, 1L), numbers(client));
  }

  private static boolean isOf(JsonNode message, String channel) {
    return message.path("channel").asString().equals(channel);
  }
}
