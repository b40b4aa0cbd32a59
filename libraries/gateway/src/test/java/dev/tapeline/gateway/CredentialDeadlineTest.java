package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When a client has to go, on a gateway whose pings are too far apart to find out. */
class CredentialDeadlineTest {

  private static final long SHORT = 4_000;
  private static final long MINUTE = 60_000;

  private TestGateway gateway;

  private void start(@Nullable Identity anonymous) {
    gateway =
        new TestGateway(config ->
            config
                .authenticator(Tokens.authenticator(Policy.builtIn(Tokens.PERSONAL), anonymous))
                .http(it -> it.withHandshakeTimeout(Duration.ofSeconds(3)))
                .clients(it -> it.withPingInterval(Duration.ofMinutes(10))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** A new one for each client: they may take longer to connect than it lasts. */
  private static String token() {
    return "?token=" + Tokens.of("u1", null, SHORT);
  }

  @Test
  void aTokensEndEndsTheConnectionOfEachProtocol() {
    start(null);
    try (TestClient ticks = gateway.client("/stream/ticks" + token());
        TestClient cable = gateway.client("/cable" + token());
        TestClient verbs = gateway.client("/ws/0" + token());
        TestClient shown = gateway.client("/ws" + token());
        TestClient undecided = gateway.client("/" + token());
        TestClient centrifugo = gateway.client("/connection/websocket" + token());
        EventClient events = new EventClient(gateway.port, "/sse" + token() + "&channels=a")) {
      assertEquals(4002, ticks.awaitClose());
      assertEquals(4002, cable.awaitClose());
      assertEquals(4002, verbs.awaitClose());
      assertEquals(4002, shown.awaitClose());
      assertEquals(4002, undecided.awaitClose());
      assertEquals(3005, centrifugo.awaitClose());
      JsonNode last = events.await(m -> m.path("type").asString("").equals("close"));
      assertEquals(4002, last.path("code").asInt());
    }
  }

  @Test
  void aTokenThatIsShownOnTheConnectionEndsItToo() {
    start(Identity.anybody(Policy.USER));
    try (TestClient client = gateway.client("/ws");
        TestClient renewed = gateway.client("/ws");
        TestClient centrifugo = gateway.client("/connection/websocket")) {
      client.send(auth(SHORT));
      renewed.send(auth(SHORT));
      renewed.send(auth(MINUTE));
      centrifugo.send(connect(SHORT));
      assertEquals(4002, client.awaitClose());
      assertEquals(3005, centrifugo.awaitClose());
      renewed.send("{\"action\":\"ping\"}");
      renewed.awaitType("pong");
    }
  }

  @Test
  void whoShowsNothingHasTheHandshakesTime() {
    start(null);
    try (TestClient client = gateway.client("/ws");
        TestClient undecided = gateway.client("/");
        TestClient centrifugo = gateway.client("/connection/websocket");
        TestClient stays = gateway.client("/ws?token=" + Tokens.of("u1", null, MINUTE))) {
      assertEquals(4502, client.awaitClose());
      assertEquals(4502, undecided.awaitClose());
      assertEquals(3500, centrifugo.awaitClose());
      stays.send("{\"action\":\"ping\"}");
      stays.awaitType("pong");
    }
  }

  /** The lane is busy with the first message until the token has ended; then come the others. */
  @Test
  void eachSubscribePublishAndHistoryAsks() {
    start(null);
    gateway.publish("depth@A", "1");
    String token = Tokens.of("u1", null, SHORT);
    Instant end = Instant.now().plusMillis(SHORT + 5);
    gateway.beforeSnapshot(() -> {
      while (Instant.now().isBefore(end)) {
        LockSupport.parkNanos(1_000_000);
      }
    });
    try (RawClient client = new RawClient(gateway.port, 0).upgraded("/ws?token=" + token)) {
      client.send("{\"action\":\"subscribe\",\"channels\":[\"depth@A\"]}");
      assertEquals("subscribed", read(client).path("type").asString());
      client.sendTogether(
          "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"depth@A\",\"snapshot\":true}]}",
          "{\"action\":\"subscribe\",\"channels\":[\"alerts:u1\"]}",
          "{\"action\":\"publish\",\"channel\":\"b\",\"data\":1}",
          "{\"action\":\"history\",\"channel\":\"alerts:u1\"}");
      assertEquals("subscribed", read(client).path("type").asString());
      read(client); // the snapshot
      assertEquals("expired", read(client).path("rejected").get(0).path("code").asString());
      assertEquals("expired", read(client).path("code").asString());
      assertEquals("expired", read(client).path("code").asString());
      assertEquals("close 4002", client.read());
    }
  }

  private static JsonNode read(RawClient client) {
    return TestClient.JSON.readTree(client.read());
  }

  private static String auth(long millis) {
    return "{\"action\":\"auth\",\"token\":\"%s\"}".formatted(Tokens.of("u1", null, millis));
  }

  private static String connect(long millis) {
    return "{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(Tokens.of("u1", null, millis));
  }
}
