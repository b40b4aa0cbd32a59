package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A subscription that begins in the past. */
class SinceTest {

  private final AtomicLong clock = new AtomicLong();
  private TestGateway gateway;
  private TestClient client;

  @BeforeEach
  void start() {
    EmbeddedBus bus = new EmbeddedBus(1000, DurableRules.of("trade@*"), clock::get);
    gateway = new TestGateway(bus, config -> config);
    client = gateway.client("/ws");
    for (int n = 1; n <= 5; n++) {
      publishAt(n * 1_000L, n);
    }
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private void publishAt(long millis, int n) {
    clock.set(millis);
    gateway.publish("trade@A", String.valueOf(n));
  }

  private JsonNode subscribe(String fields) {
    return client.subscribe("{\"channel\":\"trade@A\"" + fields + "}").path("channels").get(0);
  }

  private List<Long> numbers() {
    return client.ofType("data").stream().map(m -> m.path("seq").asLong()).toList();
  }

  private void awaitNumber(long seq) {
    client.await(m -> m.path("type").asString().equals("data") && m.path("seq").asLong() == seq);
  }

  @Test
  void allSinceThenComesAtOnceAndThenLive() {
    JsonNode granted = subscribe(",\"since\":2500");
    assertTrue(granted.path("recovered").asBoolean());
    assertEquals(5, granted.path("seq").asLong());
    publishAt(6_000, 6);
    awaitNumber(6);
    assertEquals(upTo(3, 6), numbers());
  }

  @Test
  void nothingSinceThenIsLiveOnly() {
    assertEquals(5, subscribe(",\"since\":9000").path("seq").asLong());
    publishAt(10_000, 6);
    awaitNumber(6);
    assertEquals(List.of(6L), numbers());
  }

  @Test
  void replayAtSpeedJoinsLiveWithoutSeam() {
    JsonNode granted = subscribe(",\"since\":1500,\"speed\":200");
    assertEquals(1, granted.path("seq").asLong());
    awaitNumber(3);
    for (int n = 6; n <= 400; n++) {
      publishAt(5_000 + n, n);
    }
    awaitNumber(400);
    gateway.publish("trade@A", "401");
    awaitNumber(401);
    assertEquals(upTo(2, 401), numbers());
  }

  @Test
  void whatIsNotYetDueWaits() {
    publishAt(3_000_000, 6);
    subscribe(",\"since\":5000,\"speed\":1");
    awaitNumber(5);
    gateway.publish("trade@A", "7");
    client.send("{\"action\":\"ping\",\"requestId\":1}");
    client.awaitType("pong");
    assertEquals(List.of(5L), numbers());
  }

  @Test
  void endingTheSubscriptionEndsTheReplay() {
    subscribe(",\"since\":1000,\"speed\":0.1");
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"trade@A\"]}");
    client.awaitType("unsubscribed");
    subscribe("");
    publishAt(6_000, 6);
    awaitNumber(6);
    assertTrue(numbers().size() <= 2, () -> numbers().toString());
  }

  @Test
  void nothingComesOfAReplayThatWasGivenUp() {
    subscribe(",\"since\":1000,\"speed\":10");
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"trade@A\"]}");
    client.awaitType("unsubscribed");
    List<Long> before = numbers();
    try (TestClient other = gateway.client("/ws")) {
      other.subscribe("{\"channel\":\"trade@A\",\"since\":1000,\"speed\":10}");
      publishAt(6_000, 6);
      TestChannels.awaitNumber(other, 6); // the first one's next would have been due before
    }
    client.send("{\"action\":\"ping\",\"requestId\":1}");
    client.awaitType("pong");
    assertEquals(before, numbers());
  }

  @Test
  void nonsenseIsRejectedByName() {
    for (String fields :
        List.of(
            ",\"since\":-1",
            ",\"since\":\"yesterday\"",
            ",\"since\":1,\"speed\":0",
            ",\"since\":1,\"speed\":\"fast\"",
            ",\"since\":1,\"speed\":1001",
            ",\"since\":1,\"recover\":{\"epoch\":\"e\",\"seq\":1}")) {
      JsonNode answer = client.subscribe("{\"channel\":\"trade@A\"" + fields + "}");
      assertEquals("bad_request", answer.path("rejected").get(0).path("code").asString(), fields);
    }
  }

  @Test
  void plainChannelHasNoPast() {
    JsonNode granted =
        client.subscribe("{\"channel\":\"plain\",\"since\":1}").path("channels").get(0);
    assertFalse(granted.path("recovered").asBoolean(true));
    assertFalse(granted.path("recoverable").asBoolean(true));
  }

  /** However long before it began the client asks for. */
  @Test
  void aPacedReplayBeginsAtItsFirstPublication() {
    gateway.close();
    EmbeddedBus bus = new EmbeddedBus(1000, DurableRules.of("trade@*"), clock::get);
    gateway = new TestGateway(bus, config -> config);
    client.close();
    client = gateway.client("/ws");
    publishAt(1_700_000_000_000L, 1);
    publishAt(1_700_000_000_001L, 2);
    publishAt(1_700_003_000_000L, 3);
    for (String start : List.of("0", "1", "1699999999999", "1700000000000")) {
      try (TestClient late = gateway.client("/ws")) {
        late.subscribe("{\"channel\":\"trade@A\",\"since\":" + start + ",\"speed\":0.1}");
        TestChannels.awaitNumber(late, 2);
        late.send("{\"action\":\"ping\"}");
        late.awaitType("pong");
        assertEquals(
            List.of(1L, 2L),
            late.ofType("data").stream().map(m -> m.path("seq").asLong()).toList());
      }
    }
  }
}
