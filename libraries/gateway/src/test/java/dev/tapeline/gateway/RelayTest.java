package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.listen.accept.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are the REST server's, and may become the gateway's again. */
@Timeout(60)
class RelayTest {

  private static final String GET = "GET /api HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String PONG = "{\"type\":\"pong\"}";

  @TempDir Path folder;

  /** What a REST server has at its end of one connection. */
  private record Served(SocketChannel socket) implements AutoCloseable {

    /** Reads up to the end of this text. */
    String readTo(String end) throws IOException {
      StringBuilder text = new StringBuilder();
      ByteBuffer one = ByteBuffer.allocate(1);
      while (!text.toString().endsWith(end)) {
        assertEquals(1, socket.read(one.clear()), () -> "no " + end + " in " + text);
        text.append((char) one.get(0));
      }
      return text.toString();
    }

    void answer(String text) throws IOException {
      socket.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private ServerSocketChannel rest() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(folder.resolve("rest.sock")));
  }

  private TestGateway gateway(UnaryOperator<GatewayConfig.Builder> change) {
    return new TestGateway(config ->
        change.apply(
            config.listener(it -> it.withLanes(1)).restSocket(folder.resolve("rest.sock"))));
  }

  /** By when it is back, the lane has read what other clients sent before. */
  private static void roundTrip(TestGateway gateway) {
    try (RawClient other = RawClient.upgraded(gateway.port, "/ws", 0)) {
      for (int i = 0; i < 2; i++) {
        other.send("{\"action\":\"ping\"}");
        assertEquals(PONG, other.read());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anUpgradeWaitsForTheAnswerInFrontOfIt(Transport transport) throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway =
            gateway(config -> config.listener(it -> it.withTransport(transport)));
        RawClient client = new RawClient(gateway.port, 0)) {
      client.write(GET);
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        served.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        client.readUntil("hello");
        client.write(RawClient.upgrade("/ws", ""));
        roundTrip(gateway);
        served.answer("world");
        client.readUntil("world");
        assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
        client.send("{\"action\":\"ping\"}");
        assertEquals(PONG, client.read());
      }
    }
  }

  /** No socket to the server outlives its client, whenever that leaves. */
  @Test
  void clientsThatLeaveAtOnceLeaveNothing() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config)) {
      for (int i = 0; i < 200; i++) {
        try (RawClient client = new RawClient(gateway.port, 0)) {
          client.write(GET);
        }
        try (Served served = new Served(rest.accept())) {
          ByteBuffer bytes = ByteBuffer.allocate(1 << 10);
          while (served.socket().read(bytes.clear()) >= 0) {
            // until the gateway ends it
          }
        }
      }
    }
  }

  @Test
  void aStreamOfEventsWaitsToo() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      client.write(GET + "GET /sse?channels=a HTTP/1.1\r\nHost: x\r\n\r\n");
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        roundTrip(gateway);
        served.answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(client.readHead().startsWith("HTTP/1.1 204 "));
        assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
        client.readUntil("retry: ");
      }
    }
  }

  /** Where an answer ends is known for each way to tell it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      })
  void answersOfAllKindsEnd(String answer) throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      client.write(GET + RawClient.upgrade("/ws", ""));
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        for (int at = 0; at < answer.length() - 1; at++) {
          served.answer(answer.substring(at, at + 1));
        }
        roundTrip(gateway);
        served.answer(answer.substring(answer.length() - 1));
        client.readUntil(answer);
        assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
      }
    }
  }

  @Test
  void anAnswerToHeadHasNoBody() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      String head = "HEAD /api HTTP/1.1\r\nHost: x\r\n\r\n";
      client.write(head + GET);
      try (Served served = new Served(rest.accept())) {
        served.readTo(head);
        served.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        served.readTo(GET);
      }
    }
  }

  /** Many small requests at once are kept in front of the gateway, not behind it. */
  @Test
  void requestsPassOneByOne() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      int count = 200;
      client.write(GET.repeat(count));
      try (Served served = new Served(rest.accept())) {
        for (int i = 0; i < count; i++) {
          assertTrue(served.readTo("\r\n\r\n").endsWith(GET));
          served.answer("HTTP/1.1 204 No Content\r\n\r\n");
          assertTrue(client.readHead().startsWith("HTTP/1.1 204 "));
        }
      }
    }
  }

  @Test
  void eachHeadHasATime() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway =
            gateway(config -> config.http(it -> it.withHandshakeTimeout(Duration.ofMillis(200))));
        RawClient client = new RawClient(gateway.port, 0)) {
      client.write(GET);
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        served.answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(client.readHead().startsWith("HTTP/1.1 204 "));
        client.write("GET /api HTTP/1.1\r\nX: ");
        assertTrue(client.readHead().startsWith("HTTP/1.1 408 "));
        assertTrue(client.isClosedByServer());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api HTTP/1.1\nHost: x\n\nGET /api HTTP/1.1\r\n\r\n",
        "GET /api HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
        "GET /api HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "CONNECT /api HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /api HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      })
  void whatCanBeReadInTwoWaysIsRefused(String request) throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient first = new RawClient(gateway.port, 0);
        RawClient later = new RawClient(gateway.port, 0)) {
      first.write(request);
      assertTrue(first.readHead().startsWith("HTTP/1.1 400 "));
      later.write(GET + request);
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        served.answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(later.readHead().startsWith("HTTP/1.1 204 "));
        assertTrue(later.readHead().startsWith("HTTP/1.1 400 "));
      }
    }
  }

  /** The server has answered, and closes without reading the body that is on its way. */
  @Test
  void anAnswerReachesAClientThatIsStillSending() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      String head = "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n";
      client.write(head + "x".repeat(1_000_000));
      try (Served served = new Served(rest.accept())) {
        served.readTo(head);
        served.answer("HTTP/1.1 401 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
      }
      client.write("x".repeat(4_000_000));
      assertTrue(client.readHead().startsWith("HTTP/1.1 401 "));
      assertEquals("no", client.readToEnd());
    }
  }

  @Test
  void aRefusalReachesAClientThatIsStillSending() {
    try (TestGateway gateway = new TestGateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0)) {
      client.write("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
      client.write("x".repeat(5_000_000));
      assertTrue(client.readHead().startsWith("HTTP/1.1 404 "));
    }
  }

  @Test
  void upgradesOnOtherPathsNeverReachTheServer() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient first = new RawClient(gateway.port, 0);
        RawClient later = new RawClient(gateway.port, 0)) {
      first.write(RawClient.upgrade("/x", ""));
      assertTrue(first.readHead().startsWith("HTTP/1.1 421 "));
      later.write(GET + RawClient.upgrade("/x", ""));
      try (Served served = new Served(rest.accept())) {
        served.readTo(GET);
        served.answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(later.readHead().startsWith("HTTP/1.1 204 "));
        assertTrue(later.readHead().startsWith("HTTP/1.1 421 "));
      }
      assertEquals(2, gateway.metric("tapeline.connections.refused"));
    }
  }

  @Test
  void targetsMayBeWholeAddresses() throws IOException {
    try (ServerSocketChannel rest = rest();
        TestGateway gateway = gateway(config -> config);
        RawClient client = new RawClient(gateway.port, 0);
        RawClient socket = new RawClient(gateway.port, 0);
        RawClient shouting = new RawClient(gateway.port, 0)) {
      String call = "GET http://x:80/api?a=/ws HTTP/1.1\r\nHost: x\r\n\r\n";
      client.write("\r\n\r\n" + call);
      try (Served served = new Served(rest.accept())) {
        assertTrue(served.readTo(call).startsWith("PROXY "));
        served.answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(client.readHead().startsWith("HTTP/1.1 204 "));
      }
      socket.write("\r\n" + RawClient.upgrade("http://x/ws", ""));
      assertTrue(socket.readHead().startsWith("HTTP/1.1 101 "));
      shouting.write(RawClient.upgrade("HTTP://x:1?token=a", ""));
      assertTrue(shouting.readHead().startsWith("HTTP/1.1 401 "));
    }
  }
}
