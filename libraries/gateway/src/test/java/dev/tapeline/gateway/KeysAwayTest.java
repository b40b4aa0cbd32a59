package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.token.KeyServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens whose provider is away: each protocol says that it is worth another try. */
class KeysAwayTest {

  private static final String CENTRIFUGO = "/connection/websocket";

  private final KeyServer provider = KeyServer.away();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    start(Duration.ofSeconds(30));
  }

  private void start(Duration handshake) {
    provider.publishOwn();
    gateway =
        new TestGateway(config ->
            config
                .authenticator(provider.authenticator())
                .http(it -> it.withHandshakeTimeout(handshake)));
  }

  @AfterEach
  void stop() {
    gateway.close();
    provider.close();
  }

  @Test
  void anUpgradeIsToldWhenToComeBack() {
    String query = "?token=" + provider.token("u1");
    for (String path : List.of("/ws", "/", "/ws/0", "/stream/ticks", "/cable", CENTRIFUGO)) {
      String head = head(path + query);
      assertTrue(head.startsWith("HTTP/1.1 503 "), head);
      int seconds = Integer.parseInt(head.replaceFirst("(?s).*\r\nRetry-After: (\\d+)\r.*", "$1"));
      assertTrue(seconds >= 5 && seconds <= 10, head);
    }
    assertEquals(0, gateway.metric("tapeline.access.refused"));
    provider.start();
    try (TestClient client = gateway.client("/ws" + query)) {
      client.send("{\"action\":\"ping\"}");
      client.awaitType("pong");
    }
  }

  private String head(String path) {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(RawClient.upgrade(path, ""));
      return client.readHead();
    }
  }

  @Test
  void aStreamIsNoErrorAndComesBack() {
    String target = "/sse?channels=a&token=" + provider.token("u1");
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
      String body = client.readToEnd();
      assertTrue(body.matches("retry: ([5-9]\\d{3}|10000)\n\n"), body);
    }
  }

  @Test
  void aTokenOnTheConnectionMayBeShownAgain() {
    String connect = "{\"id\":%d,\"connect\":{\"token\":\"%s\"}}";
    String auth = "{\"action\":\"auth\",\"token\":\"%s\"}".formatted(provider.token("u1"));
    try (TestClient client = gateway.client("/ws");
        TestClient centrifugo = gateway.client(CENTRIFUGO)) {
      client.send(auth);
      JsonNode told = client.awaitType("error");
      assertEquals("unavailable", told.path("code").asString());
      assertTrue(told.path("retryAfterMs").asInt() >= 1_000, told::toString);
      centrifugo.send(connect.formatted(1, provider.token("u1")));
      JsonNode error = centrifugo.await(m -> m.has("error")).path("error");
      assertEquals(100, error.path("code").asInt());
      assertTrue(error.path("temporary").asBoolean(), error::toString);
      provider.start();
      client.send(auth);
      client.awaitType("authenticated");
      centrifugo.send(connect.formatted(2, provider.token("u1")));
      centrifugo.await(m -> m.has("connect"));
    }
  }

  @Test
  void whoCouldNotBeCheckedInTimeMayComeBack() {
    gateway.close();
    start(Duration.ofSeconds(5));
    try (TestClient client = gateway.client("/ws");
        TestClient centrifugo = gateway.client(CENTRIFUGO)) {
      client.send("{\"action\":\"auth\",\"token\":\"%s\"}".formatted(provider.token("u1")));
      centrifugo.send("{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(provider.token("u1")));
      assertEquals(4006, client.awaitClose());
      assertEquals(3004, centrifugo.awaitClose());
    }
  }
}
