package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.LogLevels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSetupTest {

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() {
    new LogSetup().configure(context);
  }

  private void apply(String levels) {
    Map<String, String> environment = Map.of("TAPELINE_LOG_LEVEL", levels);
    Settings settings = Settings.load(environment, Map.of());
    LogSetup.apply(settings.logLevels(), context);
  }

  @Test
  void linesHaveDateZoneAndTheWholeName() {
    Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
    Logger audit = context.getLogger("tapeline.audit");
    LoggingEvent event = new LoggingEvent("", audit, Level.WARN, "refused", null, null);
    event.setInstant(now);
    event.setThreadName("lane-0");
    String line = line(event);
    assertTrue(line.endsWith(" WARN  [lane-0] tapeline.audit: refused" + System.lineSeparator()));
    assertEquals(now, OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant());
  }

  private String line(LoggingEvent event) {
    var appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders().next();
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void levelIsThatOfTheProgramAndNotOfItsLibraries() {
    LogSetup.apply(LogLevels.DEFAULT, context);
    assertFalse(context.getLogger("dev.tapeline.gateway.client.Client").isDebugEnabled());
    apply("debug");
    assertTrue(context.getLogger("dev.tapeline.gateway.client.Client").isDebugEnabled());
    assertTrue(context.getLogger("tapeline.audit").isDebugEnabled());
    assertFalse(context.getLogger("io.netty.channel").isDebugEnabled());
    apply("error");
    assertFalse(context.getLogger("dev.tapeline.gateway.client.Client").isWarnEnabled());
    assertFalse(context.getLogger("io.netty.channel").isWarnEnabled());
  }

  @Test
  void singleLoggersHaveLevelsOfTheirOwn() {
    apply("warn, dev.tapeline.redis=trace, io.netty=debug");
    assertTrue(context.getLogger("dev.tapeline.redis.topology.Dialer").isTraceEnabled());
    assertTrue(context.getLogger("io.netty.channel").isDebugEnabled());
    assertFalse(context.getLogger("dev.tapeline.gateway.client.Client").isInfoEnabled());
  }
}
