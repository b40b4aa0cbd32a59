package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is temporary is no HTTP error to a stream of events: a browser's {@code EventSource} never
 * comes back after one.
 */
class TemporaryRefusalTest {

  private static final String PROXY = "127.0.0.1";

  private static TestGateway gateway(UnaryOperator<GatewayConfig.Builder> change) {
    return new TestGateway(change);
  }

  /** Gives how long the stream says to wait; it has nothing else, and has ended. */
  private static long retryOfEnded(TestGateway gateway) {
    try (EventClient stream = new EventClient(gateway.port, "/sse?channels=a")) {
      assertEquals(200, stream.status());
      assertEquals("text/event-stream", stream.header("Content-Type"));
      TestGateway.awaitTrue(stream::hasEnded);
      assertEquals(List.of("retry: " + stream.retry(), ""), stream.lines());
      return Long.parseLong(stream.retry());
    }
  }

  private static void assertBetween(long least, long most, long value) {
    assertTrue(value >= least && value < most, () -> value + " is not in " + least + ".." + most);
  }

  @Test
  void aFullNodeTellsStreamsWhenToComeBack() {
    try (TestGateway gateway = gateway(config -> config.connections(it -> it.withMax(1)));
        TestClient only = gateway.client("/ws")) {
      only.subscribe("\"a\"");
      assertBetween(5_000, 10_000, retryOfEnded(gateway));
      assertEquals("503", gateway.status("/ws", ""));
      only.close();
      gateway.awaitClients(0);
      try (EventClient stream = new EventClient(gateway.port, "/sse?channels=a")) {
        stream.awaitType("subscribed");
      }
    }
  }

  @Test
  void tooManyOfOneAddressAreToldWhenToComeBack() {
    try (TestGateway gateway =
            gateway(config -> config.connections(it -> it.withMaxPerAddress(1)));
        TestClient only = gateway.client("/ws")) {
      only.subscribe("\"a\"");
      assertBetween(5_000, 10_000, retryOfEnded(gateway));
      assertEquals("429", gateway.status("/ws", ""));
      assertEquals(1, gateway.metricOf("tapeline.connections.postponed", "how", "word"));
      assertEquals(1, gateway.metric("tapeline.connections.refused"));
    }
  }

  @Test
  void tooManyBehindAProxyAreToldWhenToComeBack() {
    try (TestGateway gateway =
            gateway(config ->
                config
                    .connections(it -> it.withMaxPerAddress(1))
                    .http(it -> it.withTrustedProxies(List.of(PROXY))));
        RawClient only = stream(gateway, "X-Forwarded-For: 1.2.3.4\r\n");
        RawClient named = new RawClient(gateway.port, 0);
        RawClient inHeader = new RawClient(gateway.port, 0)) {
      only.readUntil("\"subscribed\"");
      named.write(request("X-Forwarded-For: 1.2.3.4\r\n"));
      assertToldToComeBack(named);
      inHeader.write(ProxyBytes.v1("TCP4", "1.2.3.4"));
      inHeader.write(request(""));
      assertToldToComeBack(inHeader);
    }
  }

  private static String request(String headers) {
    return "GET /sse?channels=a HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
  }

  private static RawClient stream(TestGateway gateway, String headers) {
    RawClient client = new RawClient(gateway.port, 0);
    client.write(request(headers));
    return client;
  }

  private static void assertToldToComeBack(RawClient client) {
    String head = client.readHead();
    assertTrue(head.startsWith("HTTP/1.1 200 "), head);
    String rest = client.readToEnd();
    assertTrue(rest.matches("retry: \\d+\n\n"), rest);
  }

  @Test
  void anAddressThatOpensTooFastIsToldWhenToComeBack() {
    try (TestGateway gateway =
        gateway(config -> config.connections(it -> it.withRatePerAddress(1)))) {
      List<RawClient> streams = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        streams.add(stream(gateway, ""));
      }
      for (RawClient stream : streams) {
        assertTrue(stream.readHead().startsWith("HTTP/1.1 200 "));
      }
      streams.forEach(RawClient::close);
      assertTrue(gateway.metricOf("tapeline.connections.postponed", "how", "address") > 0);
    }
  }

  @Test
  void aDrainingNodeTellsStreamsToComeBackBehindTheDrain() throws InterruptedException {
    try (TestGateway gateway = gateway(config -> config)) {
      assertTrue(gateway.gateway.drain(Duration.ofMinutes(2)));
      assertBetween(100_000, 182_000, retryOfEnded(gateway));
      try (RawClient socket = new RawClient(gateway.port, 0)) {
        socket.write(RawClient.upgrade("/ws", ""));
        String head = socket.readHead();
        assertTrue(head.startsWith("HTTP/1.1 503"), head);
        String seconds = head.replaceAll("(?s).*Retry-After: (\\d+).*", "$1");
        assertBetween(100, 182, Long.parseLong(seconds));
      }
    }
  }

  @Test
  void everyClientIsToldToComeBackBehindTheDrain() throws InterruptedException {
    try (TestGateway gateway = gateway(config -> config);
        EventClient stream = new EventClient(gateway.port, "/sse?channels=a");
        TestClient socket = gateway.client("/ws")) {
      stream.awaitType("subscribed");
      socket.subscribe("\"a\"");
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(2)));
      TestGateway.awaitTrue(stream::hasEnded);
      assertBetween(2_000, 3_000, Long.parseLong(stream.retry()));
      assertBetween(2_000, 3_000, socket.awaitType("reconnect").path("afterMs").asLong());
    }
  }

  /** Nobody is told anything by them but that something is wrong with the request. */
  @ParameterizedTest
  @CsvSource({
    "/sse, '', 400",
    "/sse?channels=a, 'Authorization: Bearer x\r\n', 401",
    "/sse?channels=a, 'Origin: https://evil.example\r\n', 403",
    "/sse?channels=a, 'Connection: Upgrade\r\nUpgrade: websocket\r\n', 405"
  })
  void whatIsPermanentStaysAnError(String target, String headers, int status) throws Exception {
    try (TestGateway gateway =
        gateway(
            config -> config.http(it -> it.withAllowedOrigins(List.of("https://trade.example"))))) {
      for (boolean draining : List.of(false, true)) {
        if (draining && status != 401) {
          assertTrue(gateway.gateway.drain(Duration.ofSeconds(1)));
        }
        try (RawClient client = new RawClient(gateway.port, 0)) {
          client.write("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
          String head = client.readHead();
          assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        }
      }
    }
  }

  @Test
  void aStreamsRequestThatDoesNotEndIsClosedWithoutAnAnswer() {
    try (TestGateway gateway =
            gateway(config -> config.http(it -> it.withHandshakeTimeout(Duration.ofMillis(200))));
        RawClient half = new RawClient(gateway.port, 0);
        RawClient other = new RawClient(gateway.port, 0)) {
      half.write("GET /sse?channels=a HTTP/1.1\r\nHost: x\r\n");
      other.write("GET /ws HTTP/1.1\r\nHost: x\r\n");
      assertEquals("", half.readToEnd());
      assertTrue(other.readHead().startsWith("HTTP/1.1 408"));
    }
  }

  /** Those that wait to be refused have a limit of their own, and no place among the others. */
  @Test
  void notAllThatAreTooManyMayWaitToBeToldSo() {
    List<RawClient> silent = new ArrayList<>();
    try (TestGateway gateway =
            gateway(config ->
                config
                    .connections(it -> it.withMaxPerAddress(1))
                    .http(it -> it.withHandshakeTimeout(Duration.ofMinutes(5))));
        TestClient only = gateway.client("/ws")) {
      only.subscribe("\"a\"");
      for (int i = 0; i < 256 + 10; i++) {
        silent.add(new RawClient(gateway.port, 0));
      }
      TestGateway.awaitTrue(() -> gateway.metric("tapeline.connections.refused") == 10);
      assertEquals(1, gateway.meters.get("tapeline.connections").gauge().value());
      try (RawClient beyond = new RawClient(gateway.port, 0)) {
        assertTrue(beyond.isClosedByServer());
      }
      silent.removeFirst().close();
      TestGateway.awaitTrue(() -> {
        try (RawClient next = new RawClient(gateway.port, 0)) {
          next.write(request(""));
          return next.readHead().startsWith("HTTP/1.1 200");
        } catch (UncheckedIOException e) { // closed while it wrote
          return false;
        }
      });
    } finally {
      silent.forEach(RawClient::close);
    }
  }
}
