package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What the log says when nodes are told to stop. */
@Isolated("it reads the log of all nodes in this JVM")
@Timeout(120)
class QuietStopTest extends OnRedisRig {

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void detach() {
    root.detachAppender(lines);
  }

  @Test
  void anOrderlyStopWarnsOfNothing() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline gateway = start("gateway", List.of());
        Tapeline ingest = start("ingest", List.of(new FeedPlan.Simulator()));
        Tapeline all = start("all", List.of(new FeedPlan.Simulator()))) {
      for (Tapeline node : List.of(gateway, all)) {
        subscribe(fresh, node, "market:tick:NIFTY").await("\"type\":\"data\"");
      }
      lines.list.clear();
      for (Tapeline node : List.of(ingest, all, gateway)) {
        node.drain(Duration.ofMillis(100));
        node.close();
      }
      assertEquals(
          List.of(),
          List.copyOf(lines.list).stream()
              .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
              .map(ILoggingEvent::getFormattedMessage)
              .toList());
    }
  }
}
