package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients that take less than they asked for: they learn what they miss, and nobody else waits. */
class SlowClientTest {

  private static final int RING = 64 << 10;
  private static final int MESSAGES = 2000;
  private static final UnaryOperator<GatewayConfig.Builder> SMALL_RINGS =
      config ->
          config.hub(
              it -> it.ringBytes(RING).ringsTotalBytes(64L << 20).slowStep(Duration.ofHours(1)));
  private static final String FILLER = "x".repeat(2000);

  @Test
  void eachNumberOfAnEventChannelComesOnceOrIsToldToBeMissing() {
    try (TestGateway gateway = new TestGateway(SMALL_RINGS);
        RawClient slow = subscribed(gateway, "\"trade@X\"");
        TestClient fast = gateway.client("/ws")) {
      fast.subscribe("\"trade@X\"");
      publishAll(gateway, "trade@X");
      fast.await(m -> covers(m, MESSAGES));
      assertCoversAll(slow, true);
      assertTrue(gateway.metric("tapeline.gaps") > 0);
    }
  }

  @Test
  void stateChannelGoesOnWithTheNewestAfterAGap() {
    try (TestGateway gateway = new TestGateway(SMALL_RINGS);
        RawClient slow = subscribed(gateway, "\"market:tick:X\"")) {
      publishAll(gateway, "market:tick:X");
      assertCoversAll(slow, true);
    }
  }

  @Test
  void deltaChannelGoesOnWithASnapshotOfAllThatWasBuilt() {
    try (TestGateway gateway = new TestGateway(SMALL_RINGS);
        RawClient slow = subscribed(gateway, "\"depth@X\"")) {
      publishAll(gateway, "depth@X");
      long next = 1;
      boolean gap = false;
      while (next <= MESSAGES) {
        JsonNode m = TestClient.JSON.readTree(slow.read());
        if (m.path("type").asString().equals("gap")) {
          assertEquals(next, m.path("from").asLong());
          JsonNode snapshot = TestClient.JSON.readTree(slow.read());
          assertEquals("snapshot", snapshot.path("type").asString());
          long at = snapshot.path("seq").asLong();
          assertTrue(at >= m.path("to").asLong());
          assertEquals(at, snapshot.path("data").size(), "all changes up to its number");
          next = at + 1;
          gap = true;
        } else {
          assertEquals(next, m.path("seq").asLong());
          next++;
        }
      }
      assertTrue(gap);
    }
  }

  @Test
  void latestEndsAtTheNewestAndSaysThatTheClientWasSlow() {
    try (TestGateway gateway = new TestGateway(SMALL_RINGS);
        RawClient slow =
            subscribed(gateway, "{\"channel\":\"market:tick:X\",\"mode\":\"latest\"}")) {
      publishAll(gateway, "market:tick:X");
      long covered = 0;
      boolean merged = false;
      while (covered < MESSAGES) {
        JsonNode m = TestClient.JSON.readTree(slow.read());
        long seq = m.path("seq").asLong();
        assertEquals(covered + 1, m.path("from").asLong(seq));
        assertEquals(seq - covered, m.path("merged").asLong(1));
        assertEquals(seq, m.at("/data/n").asLong());
        merged |= m.has("merged");
        covered = seq;
      }
      assertTrue(merged);
    }
  }

  @Test
  void clientThatNeverReadsIsClosedAndThoseThatReadSlowlyAreNot() {
    try (TestGateway gateway =
            new TestGateway(config ->
                SMALL_RINGS
                    .apply(config)
                    .clients(it -> it.withPingInterval(Duration.ofMillis(400))));
        RawClient never = subscribed(gateway, "\"a\"");
        RawClient slow = subscribed(gateway, "\"a\"")) {
      long end = System.nanoTime() + 4_000_000_000L;
      int n = 0;
      while (System.nanoTime() < end) {
        gateway.publish("a", "{\"n\":" + ++n + ",\"f\":\"" + FILLER + "\"}");
        if (n % 4 == 0) {
          slow.read();
        }
      }
      assertEquals(1, gateway.metricOf("tapeline.connections.closed", "code", "4001"));
      assertEquals(1, gateway.gateway.clients());
      assertTrue(never.isClosedByServer());
    }
  }

  private static RawClient subscribed(TestGateway gateway, String channel) {
    RawClient client = RawClient.upgraded(gateway.port, "/ws", 4096);
    client.send("{\"action\":\"subscribe\",\"channels\":[" + channel + "]}");
    assertTrue(client.read().contains("\"subscribed\""));
    return client;
  }

  private static void publishAll(TestGateway gateway, String channel) {
    for (int n = 1; n <= MESSAGES; n++) {
      gateway.publish(channel, "{\"n\":" + n + ",\"f\":\"" + FILLER + "\"}");
    }
  }

  private static boolean covers(JsonNode m, long number) {
    return m.path("seq").asLong(0) == number || m.path("to").asLong(0) == number;
  }

  private static void assertCoversAll(RawClient slow, boolean withGap) {
    long next = 1;
    boolean gap = false;
    while (next <= MESSAGES) {
      JsonNode m = TestClient.JSON.readTree(slow.read());
      if (m.path("type").asString().equals("gap")) {
        assertEquals(next, m.path("from").asLong());
        assertEquals("overrun", m.path("reason").asString());
        next = m.path("to").asLong() + 1;
        gap = true;
      } else {
        assertEquals(next, m.path("seq").asLong());
        assertEquals(next, m.at("/data/n").asLong());
        next++;
      }
    }
    assertEquals(withGap, gap);
  }
}
