package dev.tapeline.server.compose;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.tapeline.server.settings.part.LogLevels;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Logging to standard error. Logback finds it as a service; it is code, because that starts faster.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** The format of lines, with full logger names, as {@code tapeline-log-level} takes them. */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger: %msg%n";

  /** The loggers of this program, and the audit logger. */
  private static final List<String> OWN = List.of("dev.tapeline", "tapeline");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR); // peers' faults
    context.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.ERROR);
    context.getLogger("io.javalin").setLevel(Level.WARN);
    context.getLogger("io.lettuce").setLevel(Level.ERROR);
    context.getLogger("org.flywaydb").setLevel(Level.WARN); // store.database says what matters
    context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets the levels of this process. */
  public static void apply(LogLevels levels) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(levels, context);
    }
  }

  static void apply(LogLevels levels, LoggerContext context) {
    Level own = Level.convertAnSLF4JLevel(levels.level());
    OWN.forEach(name -> context.getLogger(name).setLevel(own));
    if (own.isGreaterOrEqual(Level.WARN)) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(own);
    }
    levels
        .single()
        .forEach(
            (name, level) -> context.getLogger(name).setLevel(Level.convertAnSLF4JLevel(level)));
  }
}
