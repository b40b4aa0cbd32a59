package dev.tapeline.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What was logged as an error, which no input may bring about. */
public final class Errors {

  private static final Errors ALL = new Errors();

  private final List<String> errors = new CopyOnWriteArrayList<>();

  private Errors() {
    ((Logger) LoggerFactory.getLogger("tapeline.audit")).setLevel(Level.OFF); // one line an input
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
              errors.add(event.getFormattedMessage());
            }
          }
        };
    appender.start();
    ((Logger) LoggerFactory.getLogger("dev.tapeline")).addAppender(appender);
  }

  /** Those since the last call. */
  public static List<String> take() {
    List<String> taken = List.copyOf(ALL.errors);
    ALL.errors.clear();
    return taken;
  }
}
