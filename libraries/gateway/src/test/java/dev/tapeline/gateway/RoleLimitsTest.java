package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.policy.PolicyFile;
import dev.tapeline.access.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a role limits: messages of a client, and connections of a user. */
class RoleLimitsTest {

  private static final long MINUTE = 60_000;
  private static final String CENTRIFUGO = "/connection/websocket";
  private static final String ROLES =
      """
      roles:
        slow: {limits: {rate: 1, burst: 3}}
        fast: {limits: {rate: 1000}}
        few: {subscribe: {allow: ["*"]}, limits: {connections: 2}}
      """;

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    Policy policy =
        PolicyFile.read(Files.writeString(folder.resolve("access.yaml"), ROLES), Tokens.PERSONAL);
    gateway =
        new TestGateway(config ->
            config
                .clients(it -> it.withRate(1, 20))
                .http(it -> it.withTrustedProxies(List.of("127.0.0.1")))
                .authenticator(Tokens.authenticator(policy, Identity.anybody(Policy.USER))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static String token(String user, String role) {
    return Tokens.of(user, role, MINUTE);
  }

  private TestClient client(String role) {
    return gateway.client("/ws?token=" + token("u1", role));
  }

  private static String auth(String token) {
    return "{\"action\":\"auth\",\"token\":\"%s\",\"requestId\":1}".formatted(token);
  }

  /** How many of so many messages at once are answered. */
  private static int answered(TestClient client, int messages) {
    int before = client.ofType("pong").size();
    int from = client.size();
    for (int i = 0; i < messages; i++) {
      client.send("{\"action\":\"ping\"}");
    }
    JsonNode _ = client.awaitFrom(from + messages - 1, m -> true);
    return client.ofType("pong").size() - before;
  }

  private void awaitUsers(int count) {
    TestGateway.awaitTrue(() -> gateway.meters.get("tapeline.users").gauge().value() == count);
  }

  @Test
  void aRoleMaySendLessOrMoreThanOthers() {
    try (TestClient slow = client("slow");
        TestClient fast = client("fast")) {
      int few = answered(slow, 10);
      assertTrue(few >= 3 && few < 10, "answered " + few);
      assertTrue(slow.texts().getLast().contains("at most 1 messages a second"));
      assertEquals(200, answered(fast, 200));
    }
  }

  @Test
  void aLaterTokenBringsItsLimits() {
    try (TestClient client = gateway.client("/ws")) {
      client.send(auth(token("u1", "slow")));
      client.awaitType("authenticated");
      int few = answered(client, 10);
      assertTrue(few >= 3 && few < 10, "answered " + few);
    }
  }

  @Test
  void anotherTokenGivesNothingBack() {
    try (TestClient client = client("slow")) {
      answered(client, 10);
      String fresh = token("u1", "slow");
      for (int i = 0; i < 5; i++) {
        client.send(auth(fresh));
      }
      int few = answered(client, 10);
      assertTrue(few < 10, "answered " + few);
    }
  }

  @Test
  void aUserHasSoManyConnectionsWhereverTheyComeFrom() {
    String path = "/ws?token=" + token("u1", "few");
    try (TestClient first = gateway.client(path)) {
      first.subscribe("\"a\"");
      try (RawClient second = new RawClient(gateway.port, 0)) {
        second.write(RawClient.upgrade(path, "X-Forwarded-For: 10.1.1.1\r\n"));
        assertTrue(second.readHead().contains(" 101 "));
        assertEquals("429", gateway.status(path, "X-Forwarded-For: 10.1.1.2\r\n"));
        try (EventClient stream =
            new EventClient(gateway.port, "/sse?channels=a&token=" + token("u1", "few"))) {
          assertEquals(200, stream.status());
          TestGateway.awaitTrue(stream::hasEnded);
          assertEquals(List.of("retry: " + stream.retry(), ""), stream.lines());
        }
        assertEquals("101", gateway.status("/ws?token=" + token("u2", "few"), ""));
        assertEquals("101", gateway.status("/ws", ""));
        gateway.publish("a", "1");
        first.awaitType("data");
      }
      awaitUsers(1);
      TestGateway.awaitTrue(() -> gateway.status(path, "").equals("101"));
    }
    awaitUsers(0);
    assertTrue(gateway.metric("tapeline.users.refused") >= 2);
  }

  @Test
  void whoComesByAMessageIsToldAndClosed() {
    String token = token("u1", "few");
    try (TestClient first = gateway.client("/ws");
        TestClient second = gateway.client("/ws?token=" + token);
        TestClient third = gateway.client("/ws")) {
      first.send(auth(token));
      first.awaitType("authenticated");
      third.send(auth(token));
      assertEquals("limit", third.awaitType("error").path("code").asString());
      assertEquals(4504, third.awaitClose());
      for (TestClient old : List.of(first, second)) {
        old.send(auth(token)); // a fresh one of the same user needs no further place
        old.awaitType("authenticated");
      }
      assertEquals(1, gateway.metricOf("tapeline.connections.closed", "code", "4504"));
    }
  }

  @Test
  void centrifugosClientsAreToldInTheirWords() {
    String token = token("u1", "few");
    String connect = "{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(token);
    try (TestClient _ = gateway.client("/ws?token=" + token);
        TestClient second = gateway.client(CENTRIFUGO);
        TestClient third = gateway.client(CENTRIFUGO)) {
      second.send(connect);
      second.await(m -> m.has("connect"));
      third.send(connect);
      assertEquals(106, third.await(m -> m.has("error")).path("error").path("code").asInt());
      assertEquals(3504, third.awaitClose());
      second.send("{\"id\":2,\"refresh\":{\"token\":\"%s\"}}".formatted(token));
      second.await(m -> m.has("refresh"));
    }
    awaitUsers(0);
  }

  @Test
  void aConnectionThatBecomesAnotherUsersLeavesItsPlace() {
    try (TestClient client = gateway.client("/ws?token=" + token("u1", "few"))) {
      client.send(auth(token("u2", "few")));
      client.awaitType("authenticated");
      awaitUsers(1);
    }
    awaitUsers(0);
  }
}
