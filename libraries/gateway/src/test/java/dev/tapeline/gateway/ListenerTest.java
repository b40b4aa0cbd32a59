package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.gateway.listen.accept.AcceptPace;
import dev.tapeline.gateway.listen.accept.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a connection goes through before, beside and after being a client. */
class ListenerTest {

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyTransportServes(Transport transport) {
    assertEquals(Optional.empty(), transport.unavailable());
    try (TestGateway gateway =
            new TestGateway(config -> config.listener(it -> it.withTransport(transport)));
        TestClient client = gateway.client("/ws")) {
      client.subscribe("\"a\"");
      IntStream.rangeClosed(1, 1000).forEach(i -> gateway.publish("a", "" + i));
      client.await(m -> m.path("seq").asLong(0) == 1000);
      assertEquals(1000, client.ofType("data").size());
    }
  }

  /** More than are accepted at a time; none has to wait for a later one. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void manyThatComeAtOnceAreAllServed(Transport transport) {
    List<RawClient> clients = new ArrayList<>();
    try (TestGateway gateway =
        new TestGateway(config -> config.listener(it -> it.withTransport(transport)))) {
      for (int i = 0; i < 10 * AcceptPace.AT_ONCE; i++) {
        clients.add(new RawClient(gateway.port, 0));
      }
      clients.forEach(client -> client.write(RawClient.upgrade("/ws", "")));
      clients.forEach(client -> assertTrue(client.readHead().startsWith("HTTP/1.1 101")));
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  @Test
  void handshakeThatTakesTooLongIsRefused() {
    try (TestGateway gateway =
            new TestGateway(
                config -> config.http(it -> it.withHandshakeTimeout(Duration.ofMillis(300))));
        RawClient silent = new RawClient(gateway.port, 0);
        RawClient trickling = new RawClient(gateway.port, 0)) {
      trickling.write("G");
      trickling.write("E");
      assertTrue(silent.readHead().startsWith("HTTP/1.1 408"));
      assertTrue(trickling.readHead().startsWith("HTTP/1.1 408"));
    }
  }

  @Test
  void headThatIsTooLargeOrNoHttpIsRefused() {
    try (TestGateway gateway =
            new TestGateway(config -> config.http(it -> it.withMaxHeaderBytes(2000)));
        RawClient large = new RawClient(gateway.port, 0);
        RawClient endless = new RawClient(gateway.port, 0);
        RawClient nonsense = new RawClient(gateway.port, 0)) {
      large.write(RawClient.upgrade("/ws", "X: " + "y".repeat(3000) + "\r\n"));
      assertTrue(large.readHead().startsWith("HTTP/1.1 431"));
      endless.write("GET /" + "y".repeat(3000));
      assertTrue(endless.readHead().startsWith("HTTP/1.1 431"));
      nonsense.write("hello\r\n\r\n");
      assertTrue(nonsense.readHead().startsWith("HTTP/1.1 400"));
    }
  }

  @Test
  void pagesOfOtherOriginsMayNotConnect() {
    try (TestGateway gateway =
            new TestGateway(config ->
                config.http(it -> it.withAllowedOrigins(List.of("https://trade.example"))));
        TestClient good =
            new TestClient(
                gateway.port, "/ws", builder -> builder.header("Origin", "https://trade.example"));
        TestClient noBrowser = gateway.client("/ws");
        RawClient bad = new RawClient(gateway.port, 0)) {
      good.subscribe("\"a\"");
      noBrowser.subscribe("\"a\"");
      bad.write(RawClient.upgrade("/ws", "Origin: https://evil.example\r\n"));
      assertTrue(bad.readHead().startsWith("HTTP/1.1 403"));
    }
  }

  @Test
  void connectionsAreLimitedInAllAndForEachAddress() {
    try (TestGateway gateway =
            new TestGateway(
                config -> config.connections(it -> it.withMax(3).withMaxPerAddress(2)));
        TestClient first = gateway.client("/ws");
        TestClient second = gateway.client("/ws")) {
      try (RawClient third = new RawClient(gateway.port, 0)) {
        third.write(RawClient.upgrade("/ws", ""));
        assertTrue(third.readHead().startsWith("HTTP/1.1 429"));
      }
      second.close();
      gateway.awaitClients(1);
      try (TestClient again = gateway.client("/ws")) {
        again.subscribe("\"a\"");
        first.subscribe("\"a\"");
      }
    }
  }

  @Test
  void trustedProxySaysWhoTheClientIs() {
    try (TestGateway gateway =
        new TestGateway(config ->
            config
                .connections(it -> it.withMaxPerAddress(1))
                .http(it -> it.withTrustedProxies(List.of("127.0.0.0/8"))))) {
      try (RawClient one = forwarded(gateway, "1.2.3.4");
          RawClient other = forwarded(gateway, "9.9.9.9, 5.6.7.8");
          RawClient again = forwarded(gateway, "1.2.3.4")) {
        assertTrue(one.readHead().startsWith("HTTP/1.1 101"));
        assertTrue(other.readHead().startsWith("HTTP/1.1 101"));
        assertTrue(again.readHead().startsWith("HTTP/1.1 429"));
      }
    }
  }

  private static RawClient forwarded(TestGateway gateway, String chain) {
    RawClient client = new RawClient(gateway.port, 0);
    client.write(RawClient.upgrade("/ws", "X-Forwarded-For: " + chain + "\r\n"));
    return client;
  }

  @Test
  void plainRequestOnAGatewayPathIsToldToUpgrade() {
    try (TestGateway gateway = new TestGateway(config -> config);
        RawClient plain = new RawClient(gateway.port, 0);
        RawClient other = new RawClient(gateway.port, 0)) {
      plain.write("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(plain.readHead().startsWith("HTTP/1.1 426"));
      other.write("GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(other.readHead().startsWith("HTTP/1.1 404"));
    }
  }

  @Test
  void otherRequestsAreRelayedWithThePeersAddress(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("rest.sock");
    try (ServerSocketChannel rest = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      rest.bind(UnixDomainSocketAddress.of(socket));
      try (TestGateway gateway =
              new TestGateway(config ->
                  config
                      .restSocket(socket)
                      .http(it -> it.withTrustedProxies(List.of("127.0.0.1"))));
          RawClient client = new RawClient(gateway.port, 0)) {
        client.write("GET /api HTTP/1.1\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n");
        try (SocketChannel relayed = rest.accept()) {
          ByteBuffer received = ByteBuffer.allocate(200);
          String text = "";
          while (!text.endsWith("\r\n\r\n")) {
            relayed.read(received);
            text = new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
          }
          assertTrue(
              text.matches(
                  "PROXY TCP4 127.0.0.1 127.0.0.1 \\d+ "
                      + gateway.port
                      + "\r\nGET /api HTTP/1.1\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"),
              text);
          relayed.write(
              ByteBuffer.wrap(
                  "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        assertEquals("HTTP/1.1 204 No Content\r\n\r\n", client.readHead());
        assertEquals("", client.readToEnd());
      }
    }
  }

  @Test
  void upgradeOnAConnectionThatWasRelayedComesBackToTheGateway(@TempDir Path folder)
      throws IOException {
    Path socket = folder.resolve("rest.sock");
    try (ServerSocketChannel rest = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      rest.bind(UnixDomainSocketAddress.of(socket));
      try (TestGateway gateway = new TestGateway(config -> config.restSocket(socket));
          RawClient client = new RawClient(gateway.port, 0)) {
        client.write("POST /api HTTP/1.1\r\nContent-Length: 19\r\n\r\nGET /ws HT");
        try (SocketChannel relayed = rest.accept()) {
          client.write("TP/1.1\r\n\r");
          ByteBuffer received = ByteBuffer.allocate(500);
          while (!text(received).endsWith("GET /ws HTTP/1.1\r\n\r")) {
            relayed.read(received);
          }
          relayed.write(
              ByteBuffer.wrap("HTTP/1.1 204 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
          assertEquals("HTTP/1.1 204 No\r\n\r\n", client.readHead());
          client.write(RawClient.upgrade("/ws", ""));
          assertTrue(client.readHead().startsWith("HTTP/1.1 101"));
          client.send("{\"action\":\"ping\"}");
          assertEquals("{\"type\":\"pong\"}", client.read());
          received.clear();
          assertEquals(-1, relayed.read(received));
        }
      }
    }
  }

  private static String text(ByteBuffer received) {
    return new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
  }

  @Test
  void portInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String message =
          assertThrows(
                  GatewayException.class,
                  () ->
                      new TestGateway(
                          c -> c.listener(it -> it.withPorts(List.of(taken.getLocalPort())))))
              .getMessage();
      assertTrue(message.contains("port " + taken.getLocalPort()), message);
    }
  }

  @Test
  void brokenFramesEndTheConnectionWithTheCodeOfTheStandard() {
    try (TestGateway gateway = new TestGateway(config -> config)) {
      assertEquals("close 1007", closedBy(gateway, 0x81, new byte[] {(byte) 0xc0, (byte) 0x80}));
      assertEquals("close 1002", closedBy(gateway, 0x83, new byte[] {1}));
      assertEquals("close 1002", closedBy(gateway, 0xc1, new byte[] {1}));
      assertEquals("close 1003", closedBy(gateway, 0x82, new byte[] {1}));
    }
  }

  private static String closedBy(TestGateway gateway, int first, byte[] payload) {
    try (RawClient client = RawClient.upgraded(gateway.port, "/ws", 0)) {
      client.frame(first, payload);
      return client.read();
    }
  }

  @Test
  void floodOfMessagesEndsTheConnectionForGood() {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      for (int i = 0; i < 300; i++) {
        try {
          client.send("{\"action\":\"ping\"}");
        } catch (RuntimeException e) {
          break; // closed meanwhile, as it should be
        }
      }
      int code = client.awaitClose();
      assertEquals(4500, code);
    }
  }

  @Test
  void statusesReachAllClientsAndNewcomersHearOfWhatIsNotLive() {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient early = gateway.client("/ws")) {
      early.subscribe("\"a\"");
      gateway.gateway.status(new SourceStatus("market", "simulated", 5));
      JsonNode told = early.awaitType("status");
      assertEquals("simulated", told.path("state").asString());
      try (TestClient late = gateway.client("/ws")) {
        assertEquals("market", late.awaitType("status").path("source").asString());
      }
    }
  }

  @Test
  void drainTellsClientsWhenToComeBackAndClosesThem() throws InterruptedException {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      client.subscribe("\"a\"");
      assertTrue(gateway.gateway.drain(Duration.ofSeconds(4)));
      assertTrue(client.awaitType("reconnect").path("afterMs").asLong(-1) >= 4_000);
      assertEquals(4000, client.awaitClose());
      try (RawClient late = new RawClient(gateway.port, 0)) {
        late.write(RawClient.upgrade("/ws", ""));
        assertTrue(late.readHead().startsWith("HTTP/1.1 503"));
      }
    }
  }
}
