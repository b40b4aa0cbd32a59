package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What clients do around the handshake that they should not, or need not. */
@Isolated("it reads the log of all gateways in this JVM")
class HandshakeTest {

  private static final String PING = "{\"action\":\"ping\",\"requestId\":%d}";

  private final TestGateway gateway =
      new TestGateway(config ->
          config.authenticator(
              Tokens.authenticator(
                  Policy.builtIn(Tokens.PERSONAL), Identity.anybody(Policy.USER))));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void framesThatComeWithTheHandshakeAreTaken() {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(
          RawClient.upgrade("/ws", "") + masked(PING.formatted(1)) + masked(PING.formatted(2)));
      assertAnswered(client);
    }
  }

  @Test
  void framesThatComeWhileTheTokenIsCheckedAreTaken() {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(
          RawClient.upgrade("/ws?token=" + Tokens.of("u1", null, 60_000), "")
              + masked(PING.formatted(1)));
      client.write(masked(PING.formatted(2)));
      assertAnswered(client);
    }
  }

  private static void assertAnswered(RawClient client) {
    String head = client.readHead();
    assertTrue(head.startsWith("HTTP/1.1 101"), head);
    client.readUntil("\"requestId\":1");
    client.readUntil("\"requestId\":2");
    client.send(PING.formatted(3));
    client.readUntil("\"requestId\":3");
  }

  private static String masked(String text) {
    return (char) 0x81 + "" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 13,Sec-WebSocket-Version: 14,426",
    "Sec-WebSocket-Version: 13,Sec-WebSocket-Version: 0,426",
    "Sec-WebSocket-Version: 13,X: x,426",
    "Host: x,Content-Length: 5,400",
    "Host: x,Transfer-Encoding: chunked,400",
    "Sec-WebSocket-Key,X,400"
  })
  void aHandshakeThatIsNoneIsRefusedAndEnds(String header, String other, int status) {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(RawClient.upgrade("/ws", "").replace(header, other));
      String head = client.readHead();
      assertTrue(head.startsWith("HTTP/1.1 " + status), head);
      assertEquals(status == 426, head.contains("Sec-WebSocket-Version: 13"), head);
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void whoLeavesWithinAMessageIsNoFailureOfOurs() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.tapeline.gateway");
    lines.start();
    logger.addAppender(lines);
    try {
      try (RawClient client = RawClient.upgraded(gateway.port, "/ws", 0)) {
        gateway.awaitClients(1);
        client.frame(0x01, "{\"action\":".getBytes(StandardCharsets.UTF_8));
        client.frame(0x89, new byte[0]);
        while (client.readMessage().first() != 0x8a) {
          // until the pong, all that came before is taken
        }
      }
      gateway.close(); // all that happens on its lanes has happened then
      assertEquals(
          List.of(),
          lines.list.stream()
              .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
              .toList());
    } finally {
      logger.detachAppender(lines);
    }
  }
}
