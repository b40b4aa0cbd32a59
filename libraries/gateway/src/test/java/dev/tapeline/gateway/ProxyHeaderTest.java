package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PROXY header in front of what a trusted proxy passes on. */
class ProxyHeaderTest {

  private static final String UPGRADE = RawClient.upgrade("/ws", "");

  /** Lets each address have one connection, so that the next one of it is told 429. */
  private static TestGateway gateway(UnaryOperator<GatewayConfig.Builder> change) {
    return new TestGateway(config ->
        change.apply(
            config
                .connections(it -> it.withMaxPerAddress(1))
                .http(it -> it.withTrustedProxies(List.of("127.0.0.1", "10.0.0.1")))));
  }

  private static RawClient sending(TestGateway gateway, byte[] header, String rest) {
    RawClient client = new RawClient(gateway.port, 0);
    byte[] behind = rest.getBytes(StandardCharsets.US_ASCII);
    client.write(
        ByteBuffer.allocate(header.length + behind.length).put(header).put(behind).array());
    return client;
  }

  private static void assertAnswer(int status, RawClient client) {
    String head = client.readHead();
    assertTrue(head.startsWith("HTTP/1.1 " + status), head);
  }

  @Test
  void clientOfVersionOneIsCountedByItsOwnAddress() {
    try (TestGateway gateway = gateway(config -> config);
        RawClient one = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), UPGRADE);
        RawClient other = sending(gateway, ProxyBytes.v1("TCP6", "2001:db8::1"), UPGRADE)) {
      assertAnswer(101, one);
      assertAnswer(101, other);
      try (RawClient again = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), UPGRADE);
          RawClient otherAgain = sending(gateway, ProxyBytes.v1("TCP6", "2001:db8::1"), UPGRADE)) {
        assertAnswer(429, again);
        assertAnswer(429, otherAgain);
      }
      assertEquals(2, gateway.metric("tapeline.connections.refused"));
    }
  }

  @Test
  void clientOfVersionTwoIsCountedByItsOwnAddress() {
    byte[] four = ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4));
    byte[] extended = ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4), ProxyBytes.TLVS);
    byte[] six = ProxyBytes.v2(0x21, 0x21, ProxyBytes.six(0x20, 0x01), ProxyBytes.TLVS);
    try (TestGateway gateway = gateway(config -> config);
        RawClient one = sending(gateway, extended, UPGRADE);
        RawClient other = sending(gateway, six, UPGRADE)) {
      assertAnswer(101, one);
      assertAnswer(101, other);
      try (RawClient again = sending(gateway, four, UPGRADE);
          RawClient otherAgain = sending(gateway, six, UPGRADE)) {
        assertAnswer(429, again);
        assertAnswer(429, otherAgain);
      }
      assertEquals(2, gateway.metric("tapeline.connections.refused"));
    }
  }

  @Test
  void addressIsFreeAgainWhenItsClientHasGone() {
    try (TestGateway gateway = gateway(config -> config)) {
      for (int i = 0; i < 2; i++) {
        try (RawClient client = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), UPGRADE)) {
          assertAnswer(101, client);
          gateway.awaitClients(1);
        }
        gateway.awaitClients(0);
      }
    }
  }

  @Test
  void headerMayComeByteByByte() {
    try (TestGateway gateway = gateway(config -> config);
        RawClient slow = new RawClient(gateway.port, 0)) {
      for (byte b : ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4), ProxyBytes.TLVS)) {
        slow.write(new byte[] {b});
      }
      slow.write(UPGRADE);
      assertAnswer(101, slow);
      try (RawClient again = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), UPGRADE)) {
        assertAnswer(429, again);
      }
    }
  }

  @Test
  void headerOfAStrangerIsNoRequest() {
    try (TestGateway gateway =
        gateway(config ->
            config
                .connections(it -> it.withMaxPerAddress(2))
                .http(it -> it.withTrustedProxies(List.of("10.0.0.1"))))) {
      for (byte[] header :
          List.of(
              ProxyBytes.v1("TCP4", "1.2.3.4"),
              ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4)))) {
        try (RawClient stranger = sending(gateway, header, UPGRADE)) {
          assertAnswer(400, stranger);
        }
      }
    }
  }

  @Test
  void thereIsOneHeaderAtMost() {
    String second = new String(ProxyBytes.v1("TCP4", "5.6.7.8"), StandardCharsets.US_ASCII);
    try (TestGateway gateway = gateway(config -> config);
        RawClient twice = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), second + UPGRADE)) {
      assertAnswer(400, twice);
    }
  }

  static Stream<byte[]> headersThatNameNobody() {
    return Stream.of(
        "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
        ProxyBytes.v1("UNKNOWN", "9.9.9.9"),
        ProxyBytes.v2(0x20, 0x00),
        ProxyBytes.v2(0x20, 0x11, ProxyBytes.four(9, 9, 9, 9)),
        ProxyBytes.v2(0x21, 0x00),
        ProxyBytes.v2(0x21, 0x31, new byte[216]));
  }

  @ParameterizedTest
  @MethodSource("headersThatNameNobody")
  void proxyThatNamesNobodyStaysThePeer(byte[] header) {
    String upgrade = RawClient.upgrade("/ws", "X-Forwarded-For: 1.2.3.4\r\n");
    try (TestGateway gateway = gateway(config -> config);
        RawClient forwarded = sending(gateway, header, upgrade);
        RawClient itself = sending(gateway, header, UPGRADE)) {
      assertAnswer(101, forwarded);
      assertAnswer(101, itself);
      try (RawClient again = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), UPGRADE);
          RawClient itselfAgain = sending(gateway, new byte[0], UPGRADE)) {
        assertAnswer(429, again);
        assertAnswer(429, itselfAgain);
      }
    }
  }

  @Test
  void healthCheckNeedsNoHeader() {
    try (TestGateway gateway = gateway(config -> config)) {
      try (RawClient tcp = new RawClient(gateway.port, 0)) {
        TestGateway.awaitTrue(() -> connections(gateway) == 1);
        tcp.write("GET");
      }
      TestGateway.awaitTrue(() -> connections(gateway) == 0);
      assertEquals(0, gateway.metric("tapeline.connections.refused"));
      try (RawClient http = sending(gateway, new byte[0], "GET /ws HTTP/1.0\r\n\r\n")) {
        assertAnswer(426, http);
      }
    }
  }

  private static double connections(TestGateway gateway) {
    return gateway.meters.get("tapeline.connections").gauge().value();
  }

  @Test
  void forwardedAddressCountsOnlyIfTheHeaderNamesAProxy() {
    String forged = RawClient.upgrade("/ws", "X-Forwarded-For: 1.1.1.1\r\n");
    String forwarded = RawClient.upgrade("/ws", "X-Forwarded-For: 2.2.2.2\r\n");
    try (TestGateway gateway = gateway(config -> config);
        RawClient liar = sending(gateway, ProxyBytes.v1("TCP4", "9.9.9.9"), forged);
        RawClient relayed = sending(gateway, ProxyBytes.v1("TCP4", "10.0.0.1"), forwarded)) {
      assertAnswer(101, liar);
      assertAnswer(101, relayed);
      try (RawClient liarAgain = sending(gateway, ProxyBytes.v1("TCP4", "9.9.9.9"), UPGRADE);
          RawClient relayedAgain = sending(gateway, ProxyBytes.v1("TCP4", "2.2.2.2"), UPGRADE);
          RawClient forgedOne = sending(gateway, ProxyBytes.v1("TCP4", "1.1.1.1"), UPGRADE)) {
        assertAnswer(429, liarAgain);
        assertAnswer(429, relayedAgain);
        assertAnswer(101, forgedOne);
      }
    }
  }

  static Stream<byte[]> damagedHeaders() {
    byte[] four = ProxyBytes.four(1, 2, 3, 4);
    String whole = "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n";
    return Stream.concat(
        Stream.of(
                "PROXY nonsense\r\n\r\n",
                "PROXY nonsense\r\n" + whole + whole + UPGRADE,
                "PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n",
                "PROXY TCP4 1.2.3.400 5.6.7.8 1 2\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n",
                "PROXY TCP4 " + "1".repeat(200))
            .map(text -> text.getBytes(StandardCharsets.US_ASCII)),
        Stream.of(
            ProxyBytes.v2(0x31, 0x11, four),
            ProxyBytes.v2(0x22, 0x11, four),
            ProxyBytes.v2(0x21, 0x77, four),
            ProxyBytes.v2(0x21, 0x11, new byte[4]),
            ProxyBytes.v2(0x21, 0x21, four),
            ProxyBytes.v2(0x21, 0x31, four),
            ProxyBytes.v2(0x21, 0x11, four, ProxyBytes.TLVS, new byte[] {1, 0, 100, 7}),
            ProxyBytes.v2(0x21, 0x11, four, new byte[20_000])));
  }

  @ParameterizedTest
  @MethodSource("damagedHeaders")
  void damagedHeaderEndsTheConnectionWithoutAnAnswer(byte[] header) {
    try (TestGateway gateway = gateway(config -> config);
        RawClient client = sending(gateway, header, "")) {
      assertEquals("", answer(client));
      TestGateway.awaitTrue(() -> connections(gateway) == 0);
      assertEquals(1, gateway.metric("tapeline.connections.refused"));
    }
  }

  private static String answer(RawClient client) {
    try {
      return client.readToEnd();
    } catch (UncheckedIOException e) {
      return e.getCause() instanceof java.net.SocketTimeoutException ? "open" : ""; // reset
    }
  }

  @Test
  void headerThatDoesNotComeToAnEndIsRefusedInTime() {
    try (TestGateway gateway =
            gateway(config -> config.http(it -> it.withHandshakeTimeout(Duration.ofMillis(300))));
        RawClient text = new RawClient(gateway.port, 0);
        RawClient binary = new RawClient(gateway.port, 0)) {
      text.write("PROXY TCP4 1.2.3.4 ");
      binary.write(new byte[] {'\r', '\n', '\r', '\n', 0});
      assertAnswer(408, text);
      assertAnswer(408, binary);
      assertEquals(2, gateway.metric("tapeline.connections.refused"));
    }
  }

  @Test
  void restServerIsToldOfTheClient(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("rest.sock");
    String call = "GET /api HTTP/1.1\r\n\r\n";
    try (ServerSocketChannel rest = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      rest.bind(UnixDomainSocketAddress.of(socket));
      try (TestGateway gateway = gateway(config -> config.restSocket(socket));
          RawClient four = sending(gateway, ProxyBytes.v1("TCP4", "1.2.3.4"), call)) {
        assertEquals(
            "PROXY TCP4 1.2.3.4 127.0.0.1 1111 " + gateway.port + "\r\n" + call, relayed(rest));
        byte[] header = ProxyBytes.v2(0x21, 0x21, ProxyBytes.six(0x20, 0x01));
        try (RawClient six = sending(gateway, header, call)) {
          assertEquals(
              "PROXY TCP6 2001:0:0:0:0:0:0:0 ::ffff:127.0.0.1 1111 " + gateway.port + "\r\n" + call,
              relayed(rest));
        }
      }
    }
  }

  private static String relayed(ServerSocketChannel rest) throws IOException {
    try (SocketChannel relayed = rest.accept()) {
      ByteBuffer received = ByteBuffer.allocate(200);
      String text = "";
      while (!text.endsWith("\r\n\r\n")) {
        relayed.read(received);
        text = new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
      }
      return text;
    }
  }
}
