package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.policy.PolicyFile;
import dev.tapeline.access.token.Tokens;
import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Publishing on a connection, by those whose role may. */
class PublishTest {

  private static final long MINUTE = 60_000;
  private static final String ROLES =
      """
      roles:
        engine:
          subscribe: {allow: ["*"]}
          publish: {allow: ["chat", "trade@*", "positions:u9"]}
      """;

  @TempDir private Path folder;
  private EmbeddedBus bus;
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    start(config -> config.hub(it -> it.maxPayloadBytes(1_000)));
  }

  private void start(UnaryOperator<GatewayConfig.Builder> change) throws IOException {
    Policy policy =
        PolicyFile.read(Files.writeString(folder.resolve("access.yaml"), ROLES), Tokens.PERSONAL);
    bus = new EmbeddedBus(1000, DurableRules.of("trade@*"), System::currentTimeMillis);
    gateway =
        new TestGateway(
            bus,
            config ->
                change
                    .apply(config)
                    .authenticator(
                        Tokens.authenticator(
                            policy.withOwnerKey("the key of tests"),
                            Identity.anybody(Policy.USER))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private TestClient engine(String path) {
    return gateway.client(path + "?token=" + Tokens.of("u1", "engine", MINUTE));
  }

  private static JsonNode publish(TestClient client, String channel, String data) {
    int before = client.size();
    client.send(
        "{\"action\":\"publish\",\"channel\":\"%s\",\"data\":%s,\"requestId\":[7]}"
            .formatted(channel, data));
    return client.awaitFrom(before, m -> m.has("requestId"));
  }

  private static void assertError(String code, JsonNode answer) {
    assertEquals("error", answer.path("type").asString(""), answer::toString);
    assertEquals(code, answer.path("code").asString(""), answer::toString);
  }

  @Test
  void whatIsPublishedReachesSubscribersByteForByte() {
    try (TestClient engine = engine("/ws");
        TestClient reader = gateway.client("/ws")) {
      reader.subscribe("\"chat\"");
      JsonNode answer = publish(engine, "chat", "{ \"p\" : 1.50, \"x\":\"\u00e9\\n\"}");
      assertEquals(
          "{\"type\":\"published\",\"channel\":\"chat\",\"requestId\":[7]}", answer.toString());
      reader.awaitType("data");
      assertTrue(
          reader.texts().getLast().endsWith(",\"data\":{ \"p\" : 1.50, \"x\":\"\u00e9\\n\"}}"),
          reader.texts()::toString);
      assertEquals(1, gateway.metric("tapeline.published"));
    }
  }

  @Test
  void aDurableChannelTellsTheNumber() {
    try (TestClient engine = engine("/ws")) {
      JsonNode first = publish(engine, "trade@X", "1");
      JsonNode second = publish(engine, "trade@X", "2");
      assertFalse(first.path("epoch").asString("").isEmpty());
      assertEquals(first.path("epoch"), second.path("epoch"));
      assertEquals(1, first.path("seq").asLong());
      assertEquals(2, second.path("seq").asLong());
    }
  }

  @Test
  void whoMayNotIsToldSoAndNothingIsPublished() {
    try (TestClient engine = engine("/ws");
        TestClient user = gateway.client("/ws?token=" + Tokens.of("u9", null, MINUTE));
        TestClient owner = gateway.client("/ws?token=the%20key%20of%20tests");
        TestClient reader = gateway.client("/ws?token=" + Tokens.of("u1", null, MINUTE))) {
      reader.subscribe("\"*\"");
      assertError("forbidden", publish(engine, "other", "1"));
      assertError("forbidden", publish(engine, "positions:u1", "1"));
      assertError("forbidden", publish(user, "positions:u9", "1"));
      assertError("forbidden", publish(user, "chat", "1"));
      assertError("forbidden", publish(owner, "tapeline:{3}", "1"));
      assertEquals("published", publish(engine, "positions:u9", "1").path("type").asString());
      assertEquals("published", publish(owner, "end", "1").path("type").asString());
      JsonNode only = reader.awaitType("data");
      assertEquals("end", only.path("channel").asString());
      assertEquals(5, gateway.metric("tapeline.access.refused"));
    }
  }

  @Test
  void nonsenseIsAnsweredAndPublishesNothing() {
    try (TestClient engine = engine("/ws")) {
      assertError("limit", publish(engine, "chat", "\"" + "x".repeat(999) + "\""));
      assertError("bad_channel", publish(engine, "cha*", "1"));
      assertError("bad_json", publishWithoutId(engine, "{\"action\":\"publish\",\"data\":}"));
      assertError(
          "bad_request", publishWithoutId(engine, "{\"action\":\"publish\",\"channel\":\"chat\"}"));
      assertError("bad_request", publishWithoutId(engine, "{\"action\":\"publish\",\"data\":1}"));
      assertEquals(0, gateway.metric("tapeline.published"));
    }
  }

  @Test
  void aMessageInPartsCountsAsAWholeHoweverItsBytesCome() throws IOException {
    gateway.close();
    start(config -> config.clients(it -> it.withMaxMessageBytes(400)));
    try (RawClient bare = RawClient.upgraded(gateway.port, "/ws", 0)) {
      for (int i = 0; i < 3; i++) {
        byByte(bare, 0x01, "{\"action\":\"ping\",\"x\":\"");
        byByte(bare, 0x89, ""); // a ping between the parts is none of them
        byByte(bare, 0x00, "x".repeat(300));
        byByte(bare, 0x80, "\"}");
        assertEquals("{\"type\":\"pong\"}", bare.read());
      }
      byByte(bare, 0x01, "x".repeat(300));
      bare.write(new byte[] {(byte) 0x80, (byte) 0xe5});
      assertEquals("close 1009", bare.read());
    }
  }

  /** Masked by zeros. */
  private static void byByte(RawClient client, int first, String payload) {
    int length = payload.length();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    frame.write(0x80 | Math.min(length, 126));
    frame.writeBytes(
        length < 126 ? new byte[4] : new byte[] {(byte) (length >> 8), (byte) length, 0, 0, 0, 0});
    frame.writeBytes(payload.getBytes(StandardCharsets.US_ASCII));
    for (byte b : frame.toByteArray()) {
      client.write(new byte[] {b});
    }
  }

  private static JsonNode publishWithoutId(TestClient client, String text) {
    int before = client.size();
    client.send(text);
    return client.awaitFrom(before, m -> m.path("type").asString("").equals("error"));
  }

  /** Roles may be shown with the connection or on it. */
  @Test
  void whoMayPublishMaySendAsLongAMessageAsAPublicationIs() throws IOException {
    gateway.close();
    start(config ->
        config.clients(it -> it.withMaxMessageBytes(2_000)).hub(it -> it.maxPayloadBytes(500_000)));
    String data = "\"" + "x".repeat(499_998) + "\"";
    String token = Tokens.of("u1", "engine", MINUTE);
    try (TestClient engine = engine("/ws");
        TestClient late = gateway.client("/ws");
        TestClient centrifugo = gateway.client("/connection/websocket")) {
      assertEquals("published", publish(engine, "chat", data).path("type").asString());
      assertError("limit", publish(engine, "chat", data.replace("\"x", "\"xx")));
      late.send("{\"action\":\"auth\",\"token\":\"" + token + "\"}");
      late.awaitType("authenticated");
      assertEquals("published", publish(late, "chat", data).path("type").asString());
      centrifugo.send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
      centrifugo.await(m -> m.has("connect"));
      centrifugo.send("{\"id\":2,\"publish\":{\"channel\":\"chat\",\"data\":" + data + "}}");
      centrifugo.await(m -> m.path("id").asInt() == 2 && m.has("publish"));
      engine.send("x".repeat(502_001));
      assertEquals(1009, engine.awaitClose());
    }
  }

  @Test
  void whoMayNotPublishMaySendShortMessagesOnly() throws IOException {
    gateway.close();
    start(config ->
        config.clients(it -> it.withMaxMessageBytes(2_000)).hub(it -> it.maxPayloadBytes(500_000)));
    for (boolean inParts : new boolean[] {false, true}) {
      try (TestClient user = gateway.client("/ws?token=" + Tokens.of("u9", null, MINUTE))) {
        user.send("{\"action\":\"ping\",\"x\":\"" + "x".repeat(1_970) + "\"}");
        user.awaitType("pong");
        user.sendPart("x".repeat(inParts ? 1_500 : 2_001), !inParts);
        if (inParts) {
          user.sendPart("x".repeat(501), true);
        }
        assertEquals(1009, user.awaitClose());
      }
    }
    try (RawClient bare = RawClient.upgraded(gateway.port, "/ws", 0)) { // a head is enough
      bare.send("{\"action\":\"ping\"}");
      bare.write(new byte[] {(byte) 0x81, (byte) 0xfe, 0x07, (byte) 0xd1});
      assertEquals("{\"type\":\"pong\"}", bare.read());
      assertEquals("close 1009", bare.read());
    }
  }

  @Test
  void aBusThatIsAwayIsTold() {
    try (TestClient engine = engine("/ws")) {
      bus.close();
      assertError("unavailable", publish(engine, "chat", "1"));
      assertEquals(1, gateway.metric("tapeline.publish.failed"));
    }
  }

  @Test
  void centrifugosClientsPublish() {
    try (TestClient engine = engine("/connection/websocket")) {
      engine.send(
          """
          {"id":1,"connect":{}}
          {"id":2,"subscribe":{"channel":"trade@X"}}
          {"id":3,"publish":{"data": {"data":1.50} ,"channel":"trade@X"}}
          {"id":4,"publish":{"channel":"other","data":1}}
          {"id":5,"publish":{"channel":"chat"}}
          """);
      engine.await(m -> m.path("id").asInt() == 3 && m.has("publish"));
      JsonNode push = engine.await(m -> m.has("push"));
      assertEquals(
          "{\"data\":{\"data\":1.5},\"offset\":1}", push.path("push").path("pub").toString());
      assertEquals(103, errorOf(engine, 4));
      assertEquals(107, errorOf(engine, 5));
    }
  }

  private static int errorOf(TestClient client, int id) {
    return client.await(m -> m.path("id").asInt() == id).path("error").path("code").asInt();
  }
}
