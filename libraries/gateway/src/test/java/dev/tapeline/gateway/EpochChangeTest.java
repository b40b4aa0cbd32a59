package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Position;
import dev.tapeline.embedded.EmbeddedBus;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A client that is behind when an epoch ends, and then wants something else. */
@Timeout(60)
class EpochChangeTest {

  private static final String CHANNEL = "option-chain:A:1";
  private static final String FILLER = "x".repeat(50_000);
  private static final int BEHIND = 200;
  private static final int NEW = 3;

  /** What the client holds, by what it was told. */
  private Position held = new Position("none yet", 0);

  @ParameterizedTest
  @CsvSource({
    "'\"mode\":\"all\"',                  '\"mode\":\"latest\"'",
    "'\"mode\":\"all\"',                  '\"mode\":\"all\",\"stamps\":true'",
    "'\"mode\":\"latest\"',               '\"mode\":\"all\"'",
    "'\"mode\":\"latest\"',               '\"mode\":\"latest\",\"stamps\":true'",
    "'\"mode\":\"latest\",\"maxRate\":5', '\"mode\":\"all\",\"stamps\":true'",
  })
  void clientIsToldOfTheEpochBeforeAnythingOfIt(String first, String then) {
    EmbeddedBus bus = TestChannels.bus(2, rule("option-chain:*", 1_000));
    try (TestGateway gateway = new TestGateway(bus, config -> config);
        RawClient client = RawClient.upgraded(gateway.port, "/ws", 4096)) {
      subscribe(client, first);
      take(client);
      String before = held.epoch();
      publish(gateway, BEHIND);
      beginEpoch(gateway);
      publish(gateway, NEW);
      subscribe(client, then);
      while (held.epoch().equals(before) || held.seq() < NEW) {
        take(client);
      }
      assertNotEquals(before, held.epoch());
      publish(gateway, 1);
      while (held.seq() < NEW + 1) {
        take(client); // the answer to the second wish may be the last to come
      }
      assertEquals(NEW + 1, held.seq());
    }
  }

  private static void subscribe(RawClient client, String options) {
    client.send(
        "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"%s\",%s}]}"
            .formatted(CHANNEL, options));
  }

  private static void publish(TestGateway gateway, int count) {
    for (int i = 0; i < count; i++) {
      gateway.publish(CHANNEL, "{\"f\":\"" + FILLER + "\"}");
    }
  }

  /** Two more logs than there may be beside it. */
  private static void beginEpoch(TestGateway gateway) {
    gateway.publish("option-chain:B:1", "{}");
    gateway.publish("option-chain:C:1", "{}");
  }

  /** Reads a frame, which goes on where the one before has ended. */
  private void take(RawClient client) {
    JsonNode frame = TestClient.JSON.readTree(client.read());
    long seq = frame.path("seq").asLong();
    switch (frame.path("type").asString()) {
      case "subscribed" -> {
        JsonNode granted = frame.path("channels").get(0);
        Position from =
            new Position(granted.path("epoch").asString(), granted.path("seq").asLong());
        assertTrue(held.epoch().equals("none yet") || held.equals(from), () -> held + " " + frame);
        held = from;
      }
      case "data" -> {
        assertEquals(held.seq() + 1, frame.path("from").asLong(seq), () -> text(frame));
        held = new Position(held.epoch(), seq);
      }
      case "gap" -> {
        assertEquals(held.seq() + 1, frame.path("from").asLong(), () -> text(frame));
        held = new Position(held.epoch(), frame.path("to").asLong());
      }
      case "epoch" -> held = new Position(frame.path("epoch").asString(), seq);
      default -> assertEquals("mode", frame.path("type").asString(), () -> text(frame));
    }
  }

  private static String text(JsonNode frame) {
    String text = frame.toString();
    return text.substring(0, Math.min(200, text.length()));
  }
}
