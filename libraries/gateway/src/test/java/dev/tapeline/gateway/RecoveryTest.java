package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.awaitNumber;
import static dev.tapeline.gateway.TestChannels.first;
import static dev.tapeline.gateway.TestChannels.numbers;
import static dev.tapeline.gateway.TestChannels.payload;
import static dev.tapeline.gateway.TestChannels.recover;
import static dev.tapeline.gateway.TestChannels.rule;
import static dev.tapeline.gateway.TestChannels.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that was away comes back to a durable channel. */
class RecoveryTest {

  private static final int RING_BYTES = 4 << 10;

  private TestGateway gateway;

  @BeforeEach
  void start() {
    EmbeddedBus bus =
        TestChannels.bus(
            1000, rule("trade@*", 30_000), rule("short:*", 10), rule("option-chain:*", 100));
    gateway = new TestGateway(bus, config -> config.hub(it -> it.ringBytes(RING_BYTES)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void publish(String channel, int from, int to) {
    TestChannels.publish(gateway, channel, from, to);
  }

  /** The epoch of a channel, as a client that goes away again learns it. */
  private String epochOf(String channel) {
    String epoch;
    try (TestClient client = gateway.client("/ws")) {
      epoch = first(client.subscribe("\"" + channel + "\"")).path("epoch").asString();
    }
    gateway.awaitClients(0);
    return epoch;
  }

  @Test
  void durableChannelSaysThatItIsRecoverable() {
    publish("trade@A", 1, 3);
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe("\"trade@A\""));
      assertTrue(granted.path("recoverable").asBoolean());
      assertTrue(granted.path("recovered").isMissingNode());
      assertEquals(3, granted.path("seq").asLong());
    }
  }

  @Test
  void missedPublicationsComeFromTheRingWhileOthersListen() {
    try (TestClient other = gateway.client("/ws")) {
      String epoch = first(other.subscribe("\"trade@A\"")).path("epoch").asString();
      publish("trade@A", 1, 9);
      awaitNumber(other, 9);
      try (TestClient client = gateway.client("/ws")) {
        JsonNode granted = first(client.subscribe(recover("trade@A", epoch, 4)));
        assertTrue(granted.path("recovered").asBoolean());
        assertEquals(9, granted.path("seq").asLong());
        publish("trade@A", 10, 10);
        awaitNumber(client, 10);
        assertEquals(upTo(5, 10), numbers(client));
        assertEquals(0, gateway.metric("tapeline.log.reads"));
      }
    }
  }

  @Test
  void missedPublicationsComeFromTheLogWhenTheRingHasNoneOfThem() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 500);
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("trade@A", epoch, 100)));
      assertTrue(granted.path("recovered").asBoolean());
      assertEquals(500, granted.path("seq").asLong());
      publish("trade@A", 501, 501);
      awaitNumber(client, 501);
      assertEquals(upTo(101, 501), numbers(client));
      assertEquals(List.of(), client.ofType("gap"));
      assertEquals(payload(101), client.ofType("data").getFirst().path("data").toString());
    }
  }

  @Test
  void nothingMissedIsRecoveredToo() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 5);
    try (TestClient client = gateway.client("/ws")) {
      assertTrue(
          first(client.subscribe(recover("trade@A", epoch, 5))).path("recovered").asBoolean());
      publish("trade@A", 6, 6);
      awaitNumber(client, 6);
      assertEquals(List.of(6L), numbers(client));
    }
  }

  @Test
  void anotherEpochIsRefusedWithSnapshot() {
    publish("trade@A", 1, 5);
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("trade@A", "other", 3)));
      assertFalse(granted.path("recovered").asBoolean(true));
      assertEquals(5, granted.path("seq").asLong());
      assertEquals(5, client.awaitType("snapshot").path("seq").asLong());
      publish("trade@A", 6, 6);
      awaitNumber(client, 6);
      assertEquals(List.of(6L), numbers(client));
    }
  }

  @Test
  void moreThanTheLogStillHasIsRefusedAsAWhole() {
    String epoch = epochOf("short:A");
    publish("short:A", 1, 12);
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("short:A", epoch, 1)));
      assertFalse(granted.path("recovered").asBoolean(true));
      assertEquals(12, client.awaitType("snapshot").path("seq").asLong());
    }
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("short:A", epoch, 2)));
      assertTrue(granted.path("recovered").asBoolean());
      awaitNumber(client, 12);
      assertEquals(upTo(3, 12), numbers(client));
      assertEquals(List.of(), client.ofType("snapshot"));
    }
  }

  @Test
  void numberFromTheFutureIsRefused() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 5);
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("trade@A", epoch, 6)));
      assertFalse(granted.path("recovered").asBoolean(true));
    }
  }

  @Test
  void latestRecoversTheNewestOnly() {
    String epoch = epochOf("option-chain:N:1");
    publish("option-chain:N:1", 1, 5);
    try (TestClient client = gateway.client("/ws")) {
      String item =
          "{\"channel\":\"option-chain:N:1\",\"mode\":\"latest\",\"recover\":"
              + "{\"epoch\":\"%s\",\"seq\":2}}".formatted(epoch);
      assertTrue(first(client.subscribe(item)).path("recovered").asBoolean());
      JsonNode merged = client.awaitType("data");
      assertEquals(5, merged.path("seq").asLong());
      assertEquals(3, merged.path("from").asLong());
      assertEquals(3, merged.path("merged").asLong());
    }
  }

  @Test
  void patternsAndNonsenseAreRejectedByName() {
    try (TestClient client = gateway.client("/ws")) {
      JsonNode answer =
          client.subscribe(
              recover("trade@*", "e", 1),
              recover("trade@A", "", 1),
              "{\"channel\":\"trade@B\",\"recover\":{\"epoch\":\"e\",\"seq\":-1}}");
      assertEquals(3, answer.path("rejected").size());
      assertTrue(answer.path("rejected").get(0).path("message").asString().contains("pattern"));
      assertEquals("trade@B", answer.path("rejected").get(2).path("channel").asString());
    }
  }

  @Test
  void plainChannelCanNotBeRecovered() {
    gateway.publish("plain", "1");
    try (TestClient client = gateway.client("/ws")) {
      JsonNode granted = first(client.subscribe(recover("plain", "e", 0)));
      assertFalse(granted.path("recoverable").asBoolean(true));
      assertFalse(granted.path("recovered").asBoolean(true));
    }
  }

  @Test
  void ringThatWasOverrunIsRefilledFromTheLog() {
    int all = 1_500;
    try (RawClient slow = RawClient.upgraded(gateway.port, "/ws", 4096)) {
      slow.send("{\"action\":\"subscribe\",\"channels\":[\"trade@A\"]}");
      slow.read();
      for (int n = 1; n <= all; n += 10) {
        publish("trade@A", n, n + 9);
      }
      List<Long> numbers = new ArrayList<>();
      while (numbers.size() < all) {
        JsonNode frame = TestClient.JSON.readTree(slow.read());
        assertEquals("data", frame.path("type").asString(), frame::toString);
        numbers.add(frame.path("seq").asLong());
      }
      assertEquals(upTo(1, all), numbers);
    }
  }

  @Test
  void whatTheLogHasLostIsToldAsGap() {
    try (RawClient slow = RawClient.upgraded(gateway.port, "/ws", 4096)) {
      slow.send("{\"action\":\"subscribe\",\"channels\":[\"short:A\"]}");
      slow.read();
      int all = 60_000;
      for (int n = 1; n <= all; n += 10) {
        publish("short:A", n, n + 9);
      }
      long held = 0;
      long missing = 0;
      while (held < all) {
        JsonNode frame = TestClient.JSON.readTree(slow.read());
        if (frame.path("type").asString().equals("gap")) {
          assertEquals(held + 1, frame.path("from").asLong());
          missing += frame.path("to").asLong() - held;
          held = frame.path("to").asLong();
        } else {
          assertEquals(++held, frame.path("seq").asLong(), frame::toString);
        }
      }
      assertTrue(missing > 0, "the client was not slow enough to tell");
    }
  }

  @Test
  void manyThatComeBackAtOnceCostOneReadOfTheLog() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 300);
    List<TestClient> clients = IntStream.range(0, 60).mapToObj(i -> gateway.client("/ws")).toList();
    for (int i = 0; i < clients.size(); i++) {
      clients
          .get(i)
          .send(
              "{\"action\":\"subscribe\",\"channels\":[%s]}"
                  .formatted(recover("trade@A", epoch, 200)));
    }
    for (TestClient client : clients) {
      awaitNumber(client, 300);
      assertEquals(upTo(201, 300), numbers(client));
      client.close();
    }
    assertEquals(1, gateway.metric("tapeline.log.reads"));
    assertEquals(60, gateway.metric("tapeline.recoveries"));
  }

  /** What was read for one stays a while for others, and meanwhile the ring has moved on. */
  @Test
  void whatWasReadAWhileAgoIsCompletedFromTheLog() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 200);
    try (TestClient early = gateway.client("/ws");
        TestClient late = gateway.client("/ws")) {
      early.subscribe(recover("trade@A", epoch, 50));
      awaitNumber(early, 200);
      publish("trade@A", 201, 400);
      assertTrue(
          first(late.subscribe(recover("trade@A", epoch, 50))).path("recovered").asBoolean());
      awaitNumber(late, 400);
      assertEquals(upTo(51, 400), numbers(late));
      assertEquals(List.of(), late.ofType("gap"));
    }
  }

  @Test
  void whatWasReadAWhileAgoIsNoRecoveryIfTheLogHasLostTheRest() {
    String epoch = epochOf("option-chain:A:B");
    publish("option-chain:A:B", 1, 100);
    try (TestClient early = gateway.client("/ws");
        TestClient late = gateway.client("/ws")) {
      early.subscribe(recover("option-chain:A:B", epoch, 50));
      awaitNumber(early, 100);
      publish("option-chain:A:B", 101, 300);
      JsonNode granted = first(late.subscribe(recover("option-chain:A:B", epoch, 60)));
      assertFalse(granted.path("recovered").asBoolean());
      publish("option-chain:A:B", 301, 301);
      awaitNumber(late, 301);
      assertEquals(List.of(301L), numbers(late));
    }
  }

  /** The publication comes after the last look at what is missing, and before the cursor. */
  @Test
  void whoHasMissedNothingIsNotRefusedForWhatComesMeanwhile() {
    String epoch = epochOf("trade@A");
    publish("trade@A", 1, 5);
    gateway.publish("depth@B", "1");
    gateway.beforeSnapshot(() -> publish("trade@A", 6, 6));
    try (TestClient client = gateway.client("/ws")) {
      JsonNode answer =
          client.subscribe(
              "{\"channel\":\"depth@B\",\"snapshot\":true}", recover("trade@A", epoch, 5));
      JsonNode granted = answer.path("channels").get(1);
      assertTrue(granted.path("recovered").asBoolean(), granted::toString);
      awaitNumber(client, 6);
      assertEquals(List.of(6L), numbers(client));
    }
  }

  /** Leaves and comes back, anywhere in a stream that does not wait for anybody. */
  @Test
  void nothingIsLostOrDoubledOverManyAbsences() throws InterruptedException {
    int all = 20_000;
    String epoch = epochOf("trade@A");
    Thread publisher =
        Thread.ofPlatform()
            .start(() -> {
              for (int n = 1; n <= all; n += 20) {
                publish("trade@A", n, n + 19);
                LockSupport.parkNanos(2_000_000);
              }
            });
    long held = 0;
    while (held < all) {
      try (TestClient client = gateway.client("/ws")) {
        JsonNode granted = first(client.subscribe(recover("trade@A", epoch, held)));
        assertTrue(granted.path("recovered").asBoolean(), granted::toString);
        long target =
            Math.min(all, granted.path("seq").asLong() + ThreadLocalRandom.current().nextInt(500));
        long before = held;
        if (target > before) {
          awaitNumber(client, target);
        }
        List<Long> numbers = numbers(client);
        assertEquals(upTo(before + 1, before + numbers.size()), numbers);
        held = before + numbers.size();
      }
    }
    publisher.join();
    assertEquals(all, held);
  }
}
