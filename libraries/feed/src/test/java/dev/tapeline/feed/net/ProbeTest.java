package dev.tapeline.feed.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.feed.vendor.Address;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single questions to a host that answers each with the same bytes. */
class ProbeTest {

  private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

  private final ServerSocket server = listening();
  private final Probe probe = new Probe(NetSettings.DEFAULT, Duration.ofSeconds(20), () -> NOW);
  private volatile byte[] answer = {};

  private static ServerSocket listening() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(answer);
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      answer = String.valueOf(e).getBytes(UTF_8); // the client has gone
    }
  }

  @AfterEach
  void stop() throws IOException {
    probe.close();
    server.close();
  }

  private ProbeAnswer ask(String raw) {
    answer = raw.getBytes(UTF_8);
    URI uri = URI.create("http://127.0.0.1:%d/?token=a-secret".formatted(server.getLocalPort()));
    return probe.get(new Address(uri, Map.of("access-token", "a-secret")));
  }

  private ProbeAnswer.Answered answered(String raw) {
    return assertInstanceOf(ProbeAnswer.Answered.class, ask(raw));
  }

  @Test
  void theHostsClockComesWithTheAnswer() {
    ProbeAnswer.Answered got =
        answered(
            "HTTP/1.1 451 No\r\nDate: Mon, 30 Nov 2026 04:00:07 GMT\r\nContent-Length: 2\r\n\r\nno");
    assertEquals(451, got.status());
    assertEquals("no", new String(got.body(), UTF_8));
    assertEquals(NOW.plusSeconds(7), got.date());
    assertEquals(NOW, got.sent());
  }

  @Test
  void aDateThatIsNoneCountsAsNone() {
    assertNull(answered("HTTP/1.1 200 OK\r\nDate: soon\r\nContent-Length: 0\r\n\r\n").date());
  }

  @Test
  void ofALongAnswerTheBeginningIsEnough() {
    String begun = "HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n" + "x".repeat(70_000);
    assertEquals(65_536, answered(begun).body().length);
  }

  @Test
  void whatIsNoHttpIsToldWithoutSecrets() {
    ProbeAnswer.Failed failed = assertInstanceOf(ProbeAnswer.Failed.class, ask("a-secret\r\n\r\n"));
    assertEquals(-1, failed.reason().indexOf("a-secret"), failed.reason());
  }
}
