package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm: what becomes of them, and that nobody else notices. */
class AttackTest {

  private static final String SUBSCRIBE = "{\"action\":\"subscribe\",\"channels\":[\"%s\"]}";

  private TestGateway gateway =
      new TestGateway(
          config -> config.http(it -> it.withAllowedOrigins(List.of("https://trade.example"))));

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** Whether somebody who was there before still gets what is published. */
  private void assertServed(TestClient other) {
    int before = other.size();
    gateway.publish("a", "{\"served\":true}");
    other.awaitFrom(before, m -> m.path("data").path("served").asBoolean());
  }

  private TestClient subscriber() {
    TestClient client = gateway.client("/ws");
    client.subscribe("\"a\"");
    return client;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/ws",
        "/ws/x",
        "/stream",
        "/cable",
        "/connection/websocket",
        "/stream/ticks"
      })
  void pagesOfOtherSitesMayNotConnect(String path) {
    for (String origin :
        List.of("https://evil.example", "null", "https://trade.example.evil.example")) {
      try (RawClient client = new RawClient(gateway.port, 0)) {
        client.write(RawClient.upgrade(path, "Origin: " + origin + "\r\n"));
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 403"), head);
      }
    }
  }

  @Test
  void pagesOfOtherSitesMayNotReadStreams() {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(
          "GET /sse?channels=a HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n");
      assertTrue(client.readHead().startsWith("HTTP/1.1 403"));
    }
  }

  /** A page of evil.example, a name that has come to resolve to this server. */
  @Test
  void requestsToOtherHostNamesAreRefused() {
    List<String> names = List.of("localhost", "[::1]");
    try (TestGateway local =
        new TestGateway(config -> config.http(it -> it.withAllowedHosts(names)))) {
      for (String host : List.of("evil.example", "localhost.evil.example:80", "", "[::2]:80")) {
        assertStatus(421, local, "/ws", host);
        assertStatus(421, local, "/sse?channels=a", host);
        assertStatus(421, local, "/api/v1/nodes", host);
      }
      assertStatus(101, local, "/ws", "localhost");
      assertStatus(101, local, "/ws", "LOCALHOST:8080");
      assertStatus(101, local, "/ws", "[::1]:8080");
    }
  }

  private static void assertStatus(int status, TestGateway gateway, String path, String host) {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      String request = RawClient.upgrade(path, "").replaceFirst("Host: .*\r\n", "");
      client.write(request.replaceFirst("\r\n", "\r\nHost: " + host + "\r\n"));
      String head = client.readHead();
      assertTrue(head.startsWith("HTTP/1.1 " + status), host + ": " + head);
    }
  }

  @Test
  void deepJsonIsRefused() {
    try (TestClient other = subscriber();
        TestClient client = gateway.client("/ws")) {
      String deep = "[".repeat(60_000);
      client.send("{\"action\":\"subscribe\",\"channels\":" + deep);
      assertEquals("bad_json", client.awaitType("error").path("code").asString());
      gateway.publish("a", deep + "]".repeat(60_000));
      assertEquals("text", other.await(m -> m.has("encoding")).path("encoding").asString());
      assertServed(other);
    }
  }

  @Test
  void aPatternCantBeMadeSlowToMatch() {
    Pattern slow = Pattern.parse("*a".repeat(99) + "*b");
    String name = "a".repeat(200);
    for (int i = 0; i < 10_000; i++) { // a matcher that tries all ways would not end
      assertFalse(slow.matches(name));
    }
  }

  @Test
  void whatAClientSaysBreaksNoLine() {
    try (TestClient other = subscriber();
        TestClient client = gateway.client("/ws")) {
      for (String name : List.of("a\\r\\nPUBLISH x y", "a\\u0000", "a\\u001b[2J", "\\u2028")) {
        var answer = client.subscribe('"' + name + '"');
        if (answer.path("channels").isEmpty()) {
          assertEquals("bad_channel", answer.at("/rejected/0/code").asString());
        } else {
          assertEquals("\u2028", answer.at("/channels/0/channel").asString());
        }
      }
      assertServed(other);
    }
    assertEquals("a??PUBLISH x y?", Audit.printable("a\r\nPUBLISH x y\u2028"));
  }

  @Test
  void aHundredThousandMessagesAtOnceEndTheConnectionForGood() {
    byte[] ping = new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '{', '}'};
    byte[] flood = new byte[ping.length * 100_000];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = ping[i % ping.length];
    }
    try (TestClient other = subscriber();
        RawClient client = RawClient.upgraded(gateway.port, "/ws", 0)) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              client.write(flood);
            } catch (RuntimeException e) {
              // closed meanwhile, as it should be
            }
          });
      String last = client.read();
      while (!last.startsWith("close")) {
        last = client.read();
      }
      assertEquals("close 4500", last);
      assertServed(other);
      double taken = gateway.metric("tapeline.messages.in");
      assertTrue(taken < 1000, () -> taken + " messages were looked at");
    }
  }

  @Test
  void subscribingAndUnsubscribingInALoopLeavesNothing() {
    gateway.close();
    gateway = new TestGateway(config -> config.clients(it -> it.withRate(1_000_000, 1_000_000)));
    try (TestClient other = subscriber();
        TestClient client = gateway.client("/ws")) {
      double before = gateway.meters.get("tapeline.rings.bytes").gauge().value();
      for (int i = 0; i < 3000; i++) {
        String name = "loop" + i;
        client.send(SUBSCRIBE.formatted(name));
        client.send(SUBSCRIBE.formatted(name + "*"));
        client.send(
            "{\"action\":\"unsubscribe\",\"channels\":[\"" + name + "\",\"" + name + "*\"]}");
      }
      client.send("{\"action\":\"ping\"}");
      client.awaitType("pong");
      TestGateway.awaitTrue(() -> gauge("tapeline.upstream.subscriptions") == 1);
      TestGateway.awaitTrue(() -> gauge("tapeline.channels") == 1);
      assertEquals(1, gauge("tapeline.subscriptions"));
      assertTrue(gauge("tapeline.rings.bytes") <= before + 4096);
      assertServed(other);
    }
  }

  private double gauge(String name) {
    return gateway.meters.get(name).gauge().value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"ping\",\"requestId\":1e999999999}",
        "{\"action\":\"ping\",\"requestId\":\"\\ud800\"}",
        "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"x\",\"mode\":\"latest\",\"maxRate\":1e400}]}",
        "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"x\",\"recover\":{\"epoch\":\"e\",\"seq\":9e99}}]}",
        "{\"action\":\"ping\",\"action\":\"subscribe\",\"channels\":[\"x\"]}",
        "{\"action\":\"history\",\"channel\":\"x\",\"limit\":-9223372036854775809}"
      })
  void absurdNumbersAndTextsAreAnswered(String message) {
    try (TestClient other = subscriber();
        TestClient client = gateway.client("/ws")) {
      client.send(message);
      client.send("{\"action\":\"ping\",\"requestId\":\"after\"}");
      client.await(m -> m.path("requestId").asString("").equals("after"));
      client.texts().forEach(TestClient.JSON::readTree);
      assertServed(other);
    }
  }

  @Test
  void hugeHeadsAreRefused() {
    for (String head : List.of("X: " + "x".repeat(1 << 20) + "\r\n", "X: y\r\n".repeat(10_000))) {
      try (RawClient client = new RawClient(gateway.port, 0)) {
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.write(RawClient.upgrade("/ws", head).getBytes(StandardCharsets.ISO_8859_1));
              } catch (RuntimeException e) {
                // closed meanwhile, as it should be
              }
            });
        assertTrue(client.readHead().startsWith("HTTP/1.1 431"));
      }
    }
  }
}
