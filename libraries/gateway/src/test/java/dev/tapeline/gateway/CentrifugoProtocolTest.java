package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Centrifugo's protocol on plain channels, and what it says about its connection. */
class CentrifugoProtocolTest {

  private static final String PATH = "/connection/websocket";
  private static final String CONNECT = "{\"connect\":{\"name\":\"js\"},\"id\":1}";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(config -> config.clients(it -> it.withMaxChannels(2)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private TestClient connected() {
    TestClient client = gateway.client(PATH);
    assertTrue(ask(client, 1, CONNECT).has("connect"));
    return client;
  }

  private static JsonNode ask(TestClient client, int id, String command) {
    client.send(command);
    return reply(client, id);
  }

  private static JsonNode reply(TestClient client, int id) {
    return client.await(m -> m.path("id").asInt(0) == id);
  }

  private static String subscribe(int id, String channel) {
    return "{\"subscribe\":{\"channel\":\"%s\",\"recoverable\":true,\"flag\":1},\"id\":%d}"
        .formatted(channel, id);
  }

  private static String unsubscribe(int id, String channel) {
    return "{\"unsubscribe\":{\"channel\":\"%s\"},\"id\":%d}".formatted(channel, id);
  }

  private static int errorOf(JsonNode reply) {
    return reply.path("error").path("code").asInt(0);
  }

  private static List<String> pushes(TestClient client) {
    return client.texts().stream().filter(text -> text.startsWith("{\"push\"")).toList();
  }

  private static void awaitPush(TestClient client, String data) {
    client.await(m -> m.path("push").path("pub").path("data").toString().equals(data));
  }

  private static void flood(TestClient client, String message) {
    for (int i = 0; i < 300; i++) {
      try {
        client.send(message);
      } catch (RuntimeException e) {
        return; // closed meanwhile, as it should be
      }
    }
  }

  private static Map.Entry<String, Integer> named(String command, int code) {
    return Map.entry(command, code);
  }

  @Test
  void connectAndSubscriptionsOfOneFrameAreAnsweredInOrder() {
    try (TestClient client = gateway.client(PATH)) {
      client.send(CONNECT + "\n" + subscribe(2, "news:A") + "\n" + subscribe(3, "news:B") + "\n");
      reply(client, 3);
      JsonNode connect = TestClient.JSON.readTree(client.texts().getFirst());
      assertEquals(1, connect.path("id").asInt());
      assertEquals(TestGateway.NO_PING.toSeconds(), connect.path("connect").path("ping").asLong());
      assertTrue(connect.path("connect").path("pong").asBoolean());
      assertFalse(connect.path("connect").path("client").asString().isEmpty());
      assertEquals("{\"id\":2,\"subscribe\":{}}", client.texts().get(1));
    }
  }

  @Test
  void publicationsOfPlainChannelsComeWithoutNumbersOnOneLine() {
    try (TestClient client = connected()) {
      ask(client, 2, subscribe(2, "news:A"));
      gateway.publish("news:A", "{ \"a\":\r\n  1.50,\"b\":\"x\\ny\"}\n");
      gateway.publish("news:A", "no JSON\n");
      gateway.publish("news:A", "2");
      awaitPush(client, "2");
      assertEquals(
          List.of(
              "{\"push\":{\"channel\":\"news:A\",\"pub\":{\"data\":"
                  + "{ \"a\":    1.50,\"b\":\"x\\ny\"} }}}",
              "{\"push\":{\"channel\":\"news:A\",\"pub\":{\"data\":\"no JSON\\u000a\"}}}",
              "{\"push\":{\"channel\":\"news:A\",\"pub\":{\"data\":2}}}"),
          pushes(client));
    }
  }

  @Test
  void plainChannelsAreNotRecovered() {
    try (TestClient client = connected()) {
      String command =
          "{\"subscribe\":{\"channel\":\"news:A\",\"recover\":true,\"epoch\":\"e\"},\"id\":2}";
      assertEquals("{\"id\":2,\"subscribe\":{}}", ask(client, 2, command).toString());
    }
  }

  @Test
  void unsubscribingEndsTheChannelAndIsAlwaysAnswered() {
    try (TestClient client = connected()) {
      ask(client, 2, subscribe(2, "news:A"));
      ask(client, 3, subscribe(3, "news:B"));
      assertTrue(ask(client, 4, unsubscribe(4, "news:A")).path("unsubscribe").isObject());
      assertTrue(ask(client, 5, unsubscribe(5, "news:A")).path("unsubscribe").isObject());
      assertTrue(ask(client, 6, unsubscribe(6, "no?name")).path("unsubscribe").isObject());
      gateway.publish("news:A", "1");
      gateway.publish("news:B", "2");
      awaitPush(client, "2");
      assertEquals(1, pushes(client).size());
    }
  }

  /** Nothing is answered yet when the last of these comes. */
  @Test
  void commandsOnOneChannelAreObeyedInOrder() {
    try (TestClient client = connected()) {
      client.send(
          String.join(
              "\n",
              subscribe(2, "news:A"),
              unsubscribe(3, "news:A"),
              subscribe(4, "news:A"),
              subscribe(5, "news:A")));
      assertEquals(105, errorOf(reply(client, 5)));
      assertEquals(
          List.of(2, 3, 4, 5),
          client.texts().stream()
              .skip(1)
              .map(text -> TestClient.JSON.readTree(text).path("id").asInt())
              .toList());
      gateway.publish("news:A", "1");
      awaitPush(client, "1");
      assertEquals(1, pushes(client).size());
    }
  }

  @Test
  void whatCanNotBeHadIsAnsweredWithItsCode() {
    try (TestClient client = connected()) {
      ask(client, 2, subscribe(2, "news:A"));
      ask(client, 3, subscribe(3, "news:B"));
      int id = 4;
      for (Map.Entry<String, Integer> command :
          List.of(
              named("\"subscribe\":{\"channel\":\"news:A\"}", 105),
              named("\"subscribe\":{\"channel\":\"news:C\"}", 106),
              named("\"subscribe\":{\"channel\":\"news:*\"}", 107),
              named("\"subscribe\":{\"channel\":\"\"}", 107),
              named("\"subscribe\":{\"channel\":7}", 107),
              named("\"subscribe\":{}", 107),
              named("\"subscribe\":{\"channel\":\"c\",\"recover\":true,\"offset\":-1}", 107),
              named("\"subscribe\":{\"channel\":\"c\",\"recover\":true,\"offset\":\"x\"}", 107),
              named("\"subscribe\":{\"channel\":\"c\",\"type\":1}", 107),
              named("\"connect\":{}", 107),
              named("\"publish\":{\"channel\":\"news:A\",\"data\":1}", 103),
              named("\"publish\":{\"channel\":\"news:A\"}", 107),
              named("\"history\":{\"channel\":\"news:A\"}", 108),
              named("\"presence\":{\"channel\":\"news:A\"}", 108),
              named("\"rpc\":{\"data\":1}", 108),
              named("\"dance\":{}", 104))) {
        JsonNode answer = ask(client, id, "{\"id\":%d,%s}".formatted(id, command.getKey()));
        assertEquals(command.getValue(), errorOf(answer), answer::toString);
        assertTrue(answer.path("error").path("message").isString(), answer::toString);
        id++;
      }
      assertEquals(2, gateway.meters.get("tapeline.subscriptions").gauge().value());
    }
  }

  @Test
  void patternsAreRefusedInSoManyWords() {
    try (TestClient client = connected()) {
      JsonNode answer = ask(client, 2, subscribe(2, "news:*"));
      assertTrue(answer.path("error").path("message").asString().contains("pattern"));
    }
  }

  @Test
  void oneBadMessageIsPassedOver() {
    try (TestClient client = connected()) {
      client.send("{\"subscribe\"");
      client.send("[]");
      client.send("{\"subscribe\":{\"channel\":\"news:B\"}}");
      client.send("{\"send\":{\"data\":1}}");
      ask(client, 2, subscribe(2, "news:A"));
      assertEquals(2, client.size(), () -> client.texts().toString());
      assertEquals(3, gateway.metricOf("tapeline.dropped", "reason", "bad_message"));
    }
  }

  @Test
  void whoDoesNotConnectFirstIsClosed() {
    try (TestClient early = gateway.client(PATH);
        TestClient numberless = gateway.client(PATH)) {
      early.send(subscribe(1, "news:A") + "\n" + CONNECT);
      assertEquals(3501, early.awaitClose());
      numberless.send("{\"connect\":{}}");
      assertEquals(3501, numberless.awaitClose());
      assertEquals(0, early.size());
    }
  }

  @Test
  void endlessNonsenseIsClosed() {
    try (TestGateway patient =
            new TestGateway(config -> config.clients(it -> it.withRateBurst(1000)));
        TestClient client = patient.client(PATH)) {
      ask(client, 1, CONNECT);
      flood(client, "{");
      assertEquals(3501, client.awaitClose());
    }
  }

  @Test
  void tooManyMessagesAndBinaryOnesAreClosed() {
    try (TestClient client = connected();
        TestClient protobuf = connected()) {
      flood(client, "{}");
      assertEquals(3509, client.awaitClose());
      protobuf.sendBinary(new byte[] {1, 2, 3});
      assertEquals(3506, protobuf.awaitClose());
    }
  }

  @Test
  void eachCommandOfAFrameCountsForTheRate() {
    try (TestGateway limited = new TestGateway(config -> config.clients(it -> it.withRate(1, 70)));
        TestClient client = limited.client(PATH)) {
      StringBuilder frame = new StringBuilder(CONNECT);
      for (int id = 2; id <= 1000; id++) {
        frame.append('\n').append(unsubscribe(id, "a"));
      }
      client.send(frame.toString());
      assertTrue(reply(client, 70).has("unsubscribe"));
      assertEquals(111, errorOf(reply(client, 1000)));
      assertEquals(
          client.texts().stream().filter(text -> text.contains("\"code\":111")).count(),
          limited.metricOf("tapeline.dropped", "reason", "rate_limited"));
      assertEquals(1000, limited.metric("tapeline.messages.in"));
      assertEquals(1, limited.gateway.clients());
    }
  }

  @Test
  void atShutdownTheCodeSaysToComeBack() throws InterruptedException {
    try (TestClient client = connected()) {
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(1)));
      assertEquals(3001, client.awaitClose());
      // The first ping comes at random within its interval.
      List<String> texts = client.texts().stream().filter(text -> !text.equals("{}")).toList();
      assertEquals(1, texts.size(), texts::toString);
    }
  }

  @Test
  void silenceAfterAPingIsClosed() {
    try (TestGateway impatient =
            new TestGateway(
                config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(500))));
        TestClient client = impatient.client(PATH)) {
      assertEquals(1, ask(client, 1, CONNECT).path("connect").path("ping").asInt());
      assertEquals(3012, client.awaitClose());
      assertEquals("{}", client.texts().getLast());
      assertEquals(2, client.size());
      assertEquals(1, impatient.metricOf("tapeline.connections.closed", "code", "4001"));
    }
  }

  @Test
  void whoeverAnswersPingsStays() {
    try (TestGateway impatient =
            new TestGateway(
                config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(500))));
        TestClient client = impatient.client(PATH)) {
      ask(client, 1, CONNECT);
      for (int pings = 1; pings <= 3; pings++) {
        client.awaitFrom(pings, JsonNode::isEmpty);
        client.send("{}");
      }
      assertEquals(105, errorOf(ask(client, 3, subscribe(2, "a") + "\n" + subscribe(3, "a"))));
    }
  }
}
