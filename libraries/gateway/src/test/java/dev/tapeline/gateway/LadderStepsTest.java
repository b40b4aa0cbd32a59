package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients that do not keep up: what they get instead, what they are told, and how they climb. */
class LadderStepsTest {

  private static final String FILLER = "x".repeat(1000);
  private static final List<Selector> URGENT = List.of(Selector.parse("urgent:*"));
  private static final String TICK = "market:tick:X";

  private static TestGateway gateway(long stepMillis) {
    return new TestGateway(
        config -> config.hub(it -> it.slowStep(Duration.ofMillis(stepMillis)).urgent(URGENT)));
  }

  private static RawClient subscribed(TestGateway gateway, String... channels) {
    RawClient client = RawClient.upgraded(gateway.port, "/ws", 4096);
    client.send("{\"action\":\"subscribe\",\"channels\":[" + String.join(",", channels) + "]}");
    assertTrue(client.read().contains("\"subscribed\""));
    return client;
  }

  private static long deadline() {
    return System.nanoTime() + Duration.ofSeconds(20).toNanos();
  }

  private static void pause(long deadline) {
    assertTrue(System.nanoTime() < deadline, "not within 20 s");
    LockSupport.parkNanos(500_000);
  }

  private static String payload(int n) {
    return "{\"n\":" + n + ",\"f\":\"" + FILLER + "\"}";
  }

  /** Sees to it that each number of a channel comes once, by itself or merged, in order. */
  private static final class Coverage {

    private final Map<String, Long> covered = new HashMap<>();

    void take(JsonNode m) {
      if (m.has("data")) {
        String channel = m.path("channel").asString();
        long seq = m.path("seq").asLong();
        long next = covered.getOrDefault(channel, 0L) + 1;
        assertEquals(next, m.path("from").asLong(seq), m::toString);
        covered.put(channel, seq);
      }
      assertFalse(m.path("type").asString("").equals("gap"), m::toString);
    }

    long of(String channel) {
      return covered.getOrDefault(channel, 0L);
    }
  }

  private static String mode(JsonNode m) {
    return m.path("mode").asString()
        + (m.has("maxRate") ? " " + m.path("maxRate") : "")
        + " "
        + m.path("reason").asString();
  }

  @Test
  void eachStepDownAndUpIsToldAndTheAlertComesBeforeTheBacklog() {
    try (TestGateway gateway = gateway(500);
        RawClient slow = subscribed(gateway, quoted(TICK), "\"trade@X\"", "\"urgent:me\"")) {
      int published = 0;
      long end = deadline();
      while (gateway.metric("tapeline.ladder.down") < 1) {
        for (int i = 0; i < 10; i++) {
          gateway.publish(TICK, payload(++published));
          gateway.publish("trade@X", payload(published));
        }
        pause(end);
      }
      TestGateway.awaitTrue(() -> gateway.metric("tapeline.ladder.down") == 3);
      gateway.publish("urgent:me", "\"now\"");
      gateway.publish(TICK, payload(++published));

      Coverage coverage = new Coverage();
      List<String> modes = new ArrayList<>();
      long tradesBeforeAlert = -1;
      while (modes.size() < 6 || coverage.of("trade@X") < published - 1) {
        JsonNode m = TestClient.JSON.readTree(slow.read());
        coverage.take(m);
        if (m.path("type").asString("").equals("mode")) {
          assertEquals(TICK, m.path("channel").asString());
          modes.add(mode(m));
        } else if (m.path("channel").asString("").equals("urgent:me")) {
          tradesBeforeAlert = coverage.of("trade@X");
        }
      }
      assertEquals(
          List.of(
              "latest slow",
              "latest 1 slow",
              "snapshot slow",
              "latest 1 recovered",
              "latest recovered",
              "all recovered"),
          modes);
      int all = published;
      long before = tradesBeforeAlert;
      assertTrue(before >= 0 && before < all / 2, () -> before + " of " + all + " trades");
      gateway.publish(TICK, payload(++published));
      while (coverage.of(TICK) < published) {
        coverage.take(TestClient.JSON.readTree(slow.read()));
      }
      assertEquals(3, gateway.metric("tapeline.ladder.up"));
    }
  }

  private static String quoted(String channel) {
    return '"' + channel + '"';
  }

  @Test
  void whoTakesNothingIsClosedAndNobodyElseNotices() {
    try (TestGateway gateway = gateway(100);
        RawClient never = subscribed(gateway, "\"a\"");
        TestClient other = gateway.client("/ws")) {
      other.subscribe("\"a\"");
      int published = 0;
      long end = deadline();
      while (gateway.metricOf("tapeline.connections.closed", "code", "4004") == 0) {
        gateway.publish("a", payload(++published));
        pause(end);
      }
      int last = published;
      other.await(m -> m.path("seq").asLong() == last);
      assertEquals(published, other.ofType("data").size());
      assertTrue(never.isClosedByServer());
    }
  }

  @Test
  void aSubscriptionThatIsMadeOnTheLadderBeginsThere() {
    try (TestGateway gateway = gateway(200);
        RawClient slow = subscribed(gateway, quoted(TICK))) {
      int published = 0;
      long end = deadline();
      while (gateway.metric("tapeline.ladder.down") < 1) {
        gateway.publish(TICK, payload(++published));
        pause(end);
      }
      slow.send("{\"action\":\"subscribe\",\"channels\":[\"market:tick:Y\"]}");
      JsonNode answer = awaitType(slow, "subscribed");
      assertEquals("latest", answer.path("channels").get(0).path("mode").asString());
      assertEquals("latest slow", mode(awaitMode(slow, "market:tick:Y")));
      String last = "all recovered";
      while (!mode(awaitMode(slow, "market:tick:Y")).equals(last)) {
        // it climbs
      }
    }
  }

  private static JsonNode awaitMode(RawClient client, String channel) {
    JsonNode mode;
    do {
      mode = awaitType(client, "mode");
    } while (!mode.path("channel").asString().equals(channel));
    return mode;
  }

  private static JsonNode awaitType(RawClient client, String type) {
    JsonNode message;
    do {
      message = TestClient.JSON.readTree(client.read());
    } while (!message.path("type").asString("").equals(type));
    return message;
  }

  @Test
  void rateAndModeChangeLiveWithoutAHole() {
    try (TestGateway gateway = gateway(60_000);
        RawClient client = subscribed(gateway, quoted(TICK))) {
      List<String> options =
          List.of(
              ",\"mode\":\"latest\"",
              ",\"mode\":\"latest\",\"maxRate\":20",
              ",\"mode\":\"latest\",\"maxRate\":5,\"stamps\":true",
              "",
              ",\"stamps\":true",
              "",
              ",\"mode\":\"latest\",\"maxRate\":100",
              ",\"stamps\":true");
      int published = 0;
      for (String wanted : options) {
        for (int i = 0; i < 300; i++) { // more than the connection takes at once
          gateway.publish(TICK, payload(++published));
        }
        client.send(
            "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\""
                + TICK
                + "\""
                + wanted
                + "}]}");
        LockSupport.parkNanos(20_000_000);
      }
      gateway.publish(TICK, payload(++published));
      Coverage coverage = new Coverage();
      while (coverage.of(TICK) < published) {
        coverage.take(TestClient.JSON.readTree(client.read()));
      }
    }
  }

  @Test
  void urgentChannelsAreNeverMerged() {
    try (TestGateway gateway =
            new TestGateway(config ->
                config.hub(it -> it.urgent(List.of(Selector.parse("market:tick:URGENT")))));
        TestClient client = gateway.client("/ws")) {
      JsonNode rejected =
          client.subscribe("{\"channel\":\"market:tick:URGENT\",\"mode\":\"latest\"}");
      assertEquals("mode", rejected.path("rejected").get(0).path("code").asString());
      JsonNode granted = client.subscribe("{\"channel\":\"market:tick:*\",\"mode\":\"latest\"}");
      assertEquals(1, granted.path("channels").size());
      for (int n = 1; n <= 500; n++) {
        gateway.publish("market:tick:URGENT", "{\"n\":" + n + "}");
      }
      client.await(m -> m.path("seq").asLong() == 500);
      assertEquals(500, client.ofType("data").size());
    }
  }

  @Test
  void whoWouldLoseWhatIsUrgentIsClosedInstead() {
    try (TestGateway gateway =
            new TestGateway(config ->
                config.hub(
                    it -> it.ringBytes(64 << 10).slowStep(Duration.ofHours(1)).urgent(URGENT)));
        RawClient never = subscribed(gateway, "\"urgent:me\"")) {
      int published = 0;
      while (published < 3000) {
        gateway.publish("urgent:me", payload(++published));
      }
      Coverage coverage = new Coverage();
      String text = never.read();
      while (!text.startsWith("close")) {
        coverage.take(TestClient.JSON.readTree(text));
        text = never.read();
      }
      assertEquals("close 4004", text);
      assertTrue(coverage.of("urgent:me") < published);
    }
  }
}
