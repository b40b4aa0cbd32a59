package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Faults of a peer are counted, and do not fill the log. */
@Isolated("it reads the log of all servers in this JVM")
@Timeout(60)
class PeerFaultsTest {

  private static final String PUBLISH =
      "POST /api/v1/publish HTTP/1.1\r\nHost: h\r\nX-API-Key: " + RestRig.KEY + "\r\n";

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private RestRig rig;

  @BeforeEach
  void start() {
    rig = new RestRig(Map.of());
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void stop() {
    root.detachAppender(lines);
    rig.close();
  }

  private void assertQuiet() {
    List<String> loud =
        lines.list.stream()
            .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
            .map(line -> line.getLoggerName() + ": " + line.getFormattedMessage())
            .toList();
    assertEquals(List.of(), loud);
    assertEquals(0, rig.meters.get("tapeline.rest.failed").counter().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT /aaaa HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a/..%2f..;/b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /?a=%ff%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /api/v1/instruments?q=%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h[\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: h\r\n\r\n",
        "POST /api/v1/publish HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n",
        "NONSENSE / HTTP/1.1\r\nHost: h\r\n\r\n",
      })
  void requestsThatMakeNoSense(String request) throws Exception {
    try (Caller caller = new Caller(rig)) {
      String answer = caller.send(request).answer();
      assertTrue(answer.matches("(?s)HTTP/1\\.1 [2345].*"), answer);
      assertFalse(answer.startsWith("HTTP/1.1 500"), answer);
      assertFalse(answer.contains("<html>"), answer);
    }
    assertQuiet();
  }

  @Test
  void requestsThatCannotBeReadAreCounted() throws Exception {
    try (Caller caller = new Caller(rig)) {
      String answer = caller.send("GET / HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n").answer();
      assertTrue(answer.contains("\r\nContent-Type: application/problem+json\r\n"), answer);
    }
    rig.awaitMetric("tapeline_rest_unreadable_total 1.0");
  }

  @Test
  void bodiesThatAreBrokenOff() throws Exception {
    for (String body : List.of("", "{", "x".repeat(100_000))) {
      try (Caller caller = new Caller(rig)) {
        caller.send(PUBLISH + "Content-Length: 1000000\r\n\r\n" + body);
      }
    }
    try (Caller caller = new Caller(rig)) {
      caller.send(PUBLISH + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertTrue(caller.answer().startsWith("HTTP/1.1 400 "));
    }
    try (Caller caller = new Caller(rig)) {
      caller.send(PUBLISH + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
    }
    rig.awaitMetric("tapeline_rest_bodies_aborted_total 5.0");
    assertQuiet();
  }

  /** Whose reader goes while the answer is written. */
  @Test
  void answersThatNobodyReads() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Caller caller = new Caller(rig)) {
        caller.send("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n".repeat(20));
      }
    }
    assertEquals(200, rig.get("/health/live").statusCode());
    assertQuiet();
  }
}
