package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Server-sent events: what a browser's EventSource gets, and how it resumes. */
class EventStreamTest {

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        new TestGateway(
            TestChannels.bus(1000, TestChannels.rule("trade@*", 1000)), config -> config);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private EventClient stream(String target) {
    return new EventClient(gateway.port, target);
  }

  private void publishTrades(int from, int to) {
    for (int n = from; n <= to; n++) {
      gateway.publish("trade@X", "{\n  \"n\": " + n + "\n}");
    }
  }

  @Test
  void subscribesByTheQueryAndSendsTheNativeProtocolsMessages() {
    try (EventClient client = stream("/sse?channels=market:tick:A,candles:A:1m")) {
      JsonNode subscribed = client.awaitType("subscribed");
      assertEquals(2, subscribed.path("channels").size());
      gateway.publish("market:tick:A", "{\"ltp\":1}");
      assertEquals(1, client.awaitType("data").path("data").path("ltp").asInt());
      assertEquals("text/event-stream", client.header("Content-Type"));
      assertEquals("1000", client.retry());
    }
  }

  @Test
  void resumesWhereTheLastStreamEnded() {
    String id;
    try (EventClient client = stream("/sse?channels=trade@X")) {
      client.awaitType("subscribed");
      publishTrades(1, 5);
      client.await(e -> e.path("seq").asLong() == 5);
      TestGateway.awaitTrue(() -> client.lastId().endsWith(".5"));
      id = client.lastId();
    }
    publishTrades(6, 9);
    try (EventClient client = new EventClient(gateway.port, "/sse?channels=trade@X", id)) {
      JsonNode subscribed = client.awaitType("subscribed").path("channels").get(0);
      assertTrue(subscribed.path("recovered").asBoolean());
      client.await(e -> e.path("seq").asLong() == 9);
      assertEquals(TestChannels.upTo(6, 9), client.numbersOf("data"));
      assertEquals(6, client.awaitType("data").path("data").path("n").asInt());
    }
  }

  /** Clients that forget the id of an event without data are among those of npm. */
  @Test
  void eachIdIsInAnEventWithDataAndANameOfItsOwn() {
    try (EventClient client = stream("/sse?channels=trade@X")) {
      client.awaitType("subscribed");
      publishTrades(1, 1);
      TestGateway.awaitTrue(() -> client.lastId().endsWith(".1"));
      List<String> lines = client.lines();
      int at = lines.indexOf("id: " + client.lastId());
      assertEquals("event: position", lines.get(at - 1));
      TestGateway.awaitTrue(() -> client.lines().size() > at + 2);
      assertEquals(List.of("data:", ""), client.lines().subList(at + 1, at + 3));
    }
  }

  @Test
  void eachOfSeveralChannelsResumesAtItsOwnPlace() {
    String target = "/sse?channels=trade@X,market:tick:A,trade@Y";
    String id;
    try (EventClient client = stream(target)) {
      client.awaitType("subscribed");
      publishTrades(1, 2);
      gateway.publish("trade@Y", "1");
      client.await(e -> e.path("channel").asString("").equals("trade@Y"));
      client.await(e -> e.path("seq").asLong() == 2);
      TestGateway.awaitTrue(() -> client.lastId().matches(".*\\.2,,.*\\.1"));
      id = client.lastId();
    }
    publishTrades(3, 3);
    gateway.publish("trade@Y", "2");
    try (EventClient client = new EventClient(gateway.port, target, id)) {
      client.await(e -> e.path("data").path("n").asInt() == 3);
      client.await(e -> e.path("channel").asString("").equals("trade@Y") && e.has("data"));
      assertEquals(List.of(2L, 3L), client.numbersOf("data").stream().sorted().toList());
    }
  }

  @Test
  void anIdOfOtherChannelsMeansNothing() {
    String id;
    try (EventClient client = stream("/sse?channels=trade@X")) {
      client.awaitType("subscribed");
      publishTrades(1, 1);
      TestGateway.awaitTrue(() -> client.lastId().endsWith(".1"));
      id = client.lastId();
    }
    try (EventClient client = new EventClient(gateway.port, "/sse?channels=trade@Y", id)) {
      assertFalse(client.awaitType("subscribed").path("channels").get(0).has("recovered"));
    }
  }

  @Test
  void aStreamWithoutChannelsIsRefused() {
    try (EventClient client = stream("/sse")) {
      assertEquals(400, client.status());
    }
  }

  @Test
  void wrongOptionsAreRejectedByName() {
    try (EventClient client = stream("/sse?channels=a&mode=latest&maxRate=fast")) {
      JsonNode rejected = client.awaitType("subscribed").path("rejected").get(0);
      assertTrue(rejected.path("message").asString().contains("maxRate"), rejected.toString());
    }
  }

  @Test
  void clientsAreToldWhenTheServerStopsAndWhenToComeBack() throws InterruptedException {
    try (EventClient client = stream("/sse?channels=a")) {
      client.awaitType("subscribed");
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(5)));
      long after = client.awaitType("reconnect").path("afterMs").asLong();
      assertEquals(String.valueOf(after), client.retry());
      assertEquals(4000, client.awaitType("close").path("code").asInt());
      TestGateway.awaitTrue(client::hasEnded);
    }
  }

  @Test
  void quietStreamsAreKeptAlive() {
    gateway.close();
    gateway =
        new TestGateway(
            config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(100))));
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write("GET /sse?channels=a HTTP/1.1\r\nHost: x\r\n\r\n");
      client.readUntil("\n:\n\n");
      client.readUntil("\n:\n\n");
    }
  }

  @Test
  void theSocketsOfClientsThatLeaveAreForgotten() {
    try (EventClient client = stream("/sse?channels=a")) {
      client.awaitType("subscribed");
      gateway.awaitClients(1);
    }
    gateway.awaitClients(0);
  }

  @Test
  void ofTooManyChannelsTheFirstOnesComeAndTheOthersAreNamed() {
    String names =
        IntStream.range(0, 80).mapToObj(i -> "channel=c" + i).collect(Collectors.joining("&"));
    try (EventClient client = stream("/sse?" + names)) {
      JsonNode subscribed = client.awaitType("subscribed");
      assertEquals(50, subscribed.path("channels").size());
      assertEquals(30, subscribed.path("rejected").size());
      assertEquals("c79", subscribed.at("/rejected/29/channel").asString());
    }
  }
}
