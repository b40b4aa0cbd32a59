package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who connects, by what they show, and what they may have. */
class ClientAccessTest {

  private static final long MINUTE = 60_000;
  private static final Policy POLICY =
      Policy.builtIn(Tokens.PERSONAL).withOwnerKey("the key of tests");

  private TestGateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void start(@Nullable Identity anonymous) {
    start(anonymous, config -> config);
  }

  private void start(@Nullable Identity anonymous, UnaryOperator<GatewayConfig.Builder> change) {
    Authenticator authenticator = Tokens.authenticator(POLICY, anonymous);
    gateway = new TestGateway(config -> change.apply(config.authenticator(authenticator)));
  }

  private void startOpen() {
    start(Identity.anybody(Policy.USER));
  }

  private void startClosed() {
    start(null);
  }

  private TestClient as(String subject) {
    return gateway.client("/ws?token=" + Tokens.of(subject, null, MINUTE));
  }

  private static String auth(String token) {
    return "{\"action\":\"auth\",\"token\":\"%s\",\"requestId\":1}".formatted(token);
  }

  private static JsonNode ask(TestClient client, String text) {
    int before = client.size();
    client.send(text);
    return client.awaitFrom(before, m -> m.has("requestId"));
  }

  private static List<String> rejections(JsonNode subscribed) {
    return subscribed.path("rejected").valueStream().map(m -> m.path("code").asString()).toList();
  }

  private static WebSocket.Builder builder() {
    return HttpClient.newHttpClient().newWebSocketBuilder();
  }

  @Test
  void aTokenIsTakenFromEachOfItsPlaces() {
    startClosed();
    String token = Tokens.of("u1", null, MINUTE);
    URI uri = URI.create("ws://127.0.0.1:" + gateway.port + "/stream/ticks");
    WebSocket.Listener nobody = new WebSocket.Listener() {};
    builder().header("Authorization", "Bearer " + token).buildAsync(uri, nobody).join().abort();
    builder().header("X-API-Key", "the key of tests").buildAsync(uri, nobody).join().abort();
    builder().buildAsync(URI.create(uri + "?token=" + token), nobody).join().abort();
    WebSocket offered =
        builder().subprotocols("tapeline.token", token).buildAsync(uri, nobody).join();
    assertEquals("tapeline.token", offered.getSubprotocol());
    offered.abort();
  }

  @Test
  void whatDoesNotCountIsRefusedBeforeTheHandshake() {
    startClosed();
    assertEquals("401", gateway.status("/stream/ticks", ""));
    assertEquals("401", gateway.status("/ws?token=nonsense", ""));
    assertEquals("401", gateway.status("/ws?token=" + Tokens.of("u1", null, -MINUTE), ""));
    assertEquals("401", gateway.status("/ws?token=" + Tokens.of("u1", "nobody", MINUTE), ""));
    assertEquals("401", gateway.status("/ws", "X-API-Key: another key\r\n"));
    assertEquals(5, gateway.metric("tapeline.access.refused"));
  }

  @Test
  void theAnswerSaysWhyATokenDoesNotCount() {
    startClosed();
    String target = "/ws?token=" + Tokens.of("corp\\ann", null, MINUTE);
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(RawClient.upgrade(target, ""));
      assertTrue(client.readHead().startsWith("HTTP/1.1 401 "));
      JsonNode problem = TestClient.JSON.readTree(client.readToEnd());
      assertTrue(
          problem.path("detail").asString().contains("none of * ? [ ] \\ "), problem::toString);
    }
  }

  @Test
  void aHugeTokenIsRefusedWhereverItIsShown() {
    startClosed();
    String huge = "x".repeat(1 << 20);
    String byMessage = auth(huge);
    String centrifugo = "{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(huge);
    assertEquals("431", statusOfHuge("/ws?token=" + huge, ""));
    assertEquals("431", statusOfHuge("/ws", "Authorization: Bearer " + huge + "\r\n"));
    assertEquals("431", statusOfHuge("/api/v1/publish?token=" + huge, ""));
    try (TestClient byAuth = gateway.client("/ws");
        TestClient byConnect = gateway.client("/connection/websocket");
        TestClient smaller = gateway.client("/ws")) {
      sendAnyhow(byAuth, byMessage);
      sendAnyhow(byConnect, centrifugo);
      assertEquals(1009, byAuth.awaitClose());
      assertEquals(1009, byConnect.awaitClose());
      assertEquals("unauthorized", ask(smaller, auth("x".repeat(100_000))).path("code").asString());
    }
  }

  /** The rest of what is too long may meet a connection that is closed already. */
  private static void sendAnyhow(TestClient client, String text) {
    try {
      client.send(text);
    } catch (CompletionException e) {
      assertTrue(e.getCause() instanceof IOException, e::toString);
    }
  }

  private String statusOfHuge(String path, String headers) {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      byte[] request = RawClient.upgrade(path, headers).getBytes(StandardCharsets.US_ASCII);
      client.write(Arrays.copyOf(request, 32 << 10)); // it is refused by then
      return client.readHead().split(" ", 3)[1];
    }
  }

  @Test
  void aBadTokenIsRefusedWhereNoneIsNeededToo() {
    startOpen();
    assertEquals("401", gateway.status("/ws?token=nonsense", ""));
  }

  @Test
  void withoutATokenTheFirstMessageSaysWho() {
    startClosed();
    try (TestClient client = gateway.client("/ws")) {
      assertEquals(List.of("unauthorized"), rejections(client.subscribe("\"a\"")));
      assertEquals("unauthorized", ask(client, auth("nonsense")).path("code").asString());
      JsonNode answer = ask(client, auth(Tokens.of("u1", null, MINUTE)));
      assertEquals("u1", answer.path("subject").asString());
      assertEquals("user", answer.path("role").asString());
      assertTrue(answer.path("expires").asLong() > System.currentTimeMillis());
      assertEquals(List.of(), rejections(client.subscribe("\"a\"")));
    }
  }

  @Test
  void whoSaysNothingIsSentAway() {
    start(
        null,
        config ->
            config
                .http(it -> it.withHandshakeTimeout(Duration.ofMillis(200)))
                .clients(it -> it.withPingInterval(Duration.ofMillis(400))));
    try (TestClient client = gateway.client("/ws")) {
      assertEquals(4502, client.awaitClose());
    }
  }

  @Test
  void positionsComeToTheirOwnerAlone() {
    startOpen();
    try (TestClient owner = as("u1");
        TestClient other = as("u2");
        TestClient anybody = gateway.client("/ws")) {
      assertEquals(List.of(), rejections(owner.subscribe("\"positions:u1\"")));
      for (TestClient client : List.of(other, anybody)) {
        assertEquals(
            List.of("forbidden", "forbidden"),
            rejections(client.subscribe("\"positions:u1\"", "\"positions:u1*\"")));
        assertEquals(
            "forbidden",
            ask(client, "{\"action\":\"history\",\"channel\":\"positions:u1\",\"requestId\":1}")
                .path("code")
                .asString());
        assertEquals(
            List.of("forbidden"),
            rejections(
                client.subscribe(
                    "{\"channel\":\"positions:u1\",\"recover\":{\"epoch\":\"e\",\"seq\":0}}")));
      }
      assertEquals(List.of(), rejections(other.subscribe("\"*\"")));
      gateway.publish("positions:u1", "{\"order\":1}");
      gateway.publish("positions:u2", "{\"order\":2}");
      gateway.publish("end", "{}");
      owner.awaitType("data");
      other.await(m -> m.path("channel").asString("").equals("end"));
      assertEquals(
          List.of("positions:u2", "end"),
          other.ofType("data").stream().map(m -> m.path("channel").asString()).toList());
    }
  }

  @Test
  void othersPositionsStayOutOfEveryProtocol() {
    startOpen();
    try (TestClient verbs = gateway.client("/ws/0");
        TestClient owner = as("u1")) {
      owner.subscribe("\"positions:u1\"");
      JsonNode answer =
          askVerb(verbs, "{\"method\":\"SUBSCRIBE\",\"params\":[\"positions:u1\"],\"id\":1}");
      assertTrue(answer.path("error").path("msg").asString("").contains("positions:u1"));
      askVerb(verbs, "{\"method\":\"SUBSCRIBE\",\"params\":[\"*\"],\"id\":2}");
      gateway.publish("positions:u1", "{\"order\":1}");
      gateway.publish("end", "{\"end\":1}");
      verbs.await(m -> m.has("end"));
      assertTrue(verbs.texts().stream().noneMatch(text -> text.contains("order")));
    }
  }

  private static JsonNode askVerb(TestClient client, String text) {
    int before = client.size();
    client.send(text);
    return client.awaitFrom(before, m -> m.has("id"));
  }

  @Test
  void centrifugosClientsShowATokenWhenTheyConnect() {
    startClosed();
    String path = "/connection/websocket";
    try (TestClient good = gateway.client(path);
        TestClient nobody = gateway.client(path);
        TestClient late = gateway.client(path)) {
      good.send(
          "{\"id\":1,\"connect\":{\"token\":\"%s\"}}\n{\"id\":2,\"subscribe\":{\"channel\":\"positions:u1\"}}\n{\"id\":3,\"subscribe\":{\"channel\":\"positions:u2\"}}"
              .formatted(Tokens.of("u1", null, MINUTE)));
      assertTrue(good.await(m -> m.has("connect")).path("connect").path("ttl").asInt() > 50);
      good.await(m -> m.has("subscribe"));
      assertEquals(103, good.await(m -> m.has("error")).path("error").path("code").asInt());
      good.send(
          "{\"id\":4,\"refresh\":{\"token\":\"%s\"}}".formatted(Tokens.of("u1", null, 2 * MINUTE)));
      assertTrue(good.await(m -> m.has("refresh")).path("refresh").path("ttl").asInt() > 100);
      nobody.send("{\"id\":1,\"connect\":{}}");
      assertEquals(101, nobody.await(m -> m.has("error")).path("error").path("code").asInt());
      assertEquals(3500, nobody.awaitClose());
      late.send(
          "{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(Tokens.of("u1", null, -MINUTE)));
      assertEquals(109, late.await(m -> m.has("error")).path("error").path("code").asInt());
    }
  }

  @Test
  void aConnectionEndsWithItsTokenUnlessAFreshOneComes() {
    start(null, config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(400))));
    try (TestClient ending = gateway.client("/ws?token=" + Tokens.of("u1", null, 4_000));
        TestClient renewed = gateway.client("/ws?token=" + Tokens.of("u1", null, 4_000))) {
      renewed.subscribe("\"a\"");
      assertEquals(
          "authenticated",
          ask(renewed, auth(Tokens.of("u1", null, MINUTE))).path("type").asString());
      assertEquals(4002, ending.awaitClose());
      gateway.publish("a", "1");
      assertEquals(1, renewed.awaitType("data").path("seq").asInt());
    }
  }

  @Test
  void aTokenOfAnotherUserDoesNotTakeASubscribedConnectionOver() {
    startOpen();
    try (TestClient client = as("u1")) {
      client.subscribe("\"positions:u1\"");
      assertEquals(
          "unauthorized", ask(client, auth(Tokens.of("u2", null, MINUTE))).path("code").asString());
    }
  }

  @Test
  void whatAClientSaysStaysOneLineOfTheLog() {
    startOpen();
    assertEquals("a?b?c?d?e", Audit.printable("a\nb\rc\u2028d\u009be"));
    assertTrue(Audit.printable("x".repeat(10_000)).length() < 400);
  }
}
