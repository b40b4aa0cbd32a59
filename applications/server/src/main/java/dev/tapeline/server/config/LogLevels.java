package dev.tapeline.server.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * How much is logged.
 *
 * @param level of the loggers of this program
 * @param single levels of single loggers, by name, libraries' among them
 */
public record LogLevels(Level level, Map<String, Level> single) {

  public static final LogLevels DEFAULT = new LogLevels(Level.INFO, Map.of());

  static final String ALLOWED =
      "one of error, warn, info, debug, trace, and LOGGER=LEVEL for single loggers, by comma";

  public LogLevels {
    single = Map.copyOf(single);
  }

  static LogLevels from(Values values) {
    Level level = Level.INFO;
    boolean given = false;
    Map<String, Level> single = new LinkedHashMap<>();
    for (Part part : values.list(Catalog.LOG_LEVEL, LogLevels::part)) {
      if (!part.logger().isEmpty()) {
        single.put(part.logger(), part.level());
      } else if (given) {
        throw ConfigException.notAllowed(values.get(Catalog.LOG_LEVEL).orElseThrow(), ALLOWED);
      } else {
        level = part.level();
        given = true;
      }
    }
    return new LogLevels(level, single);
  }

  /** One level; of the whole program if the logger is empty. */
  private record Part(String logger, Level level) {}

  private static Part part(String text) {
    int equals = text.indexOf('=');
    String logger = equals < 0 ? "" : text.substring(0, equals).strip();
    if (equals >= 0 && !logger.matches("[A-Za-z_$][\\w$.]*")) {
      throw new IllegalArgumentException("'%s' is no logger".formatted(logger));
    }
    return new Part(logger, level(text.substring(equals + 1).strip()));
  }

  private static Level level(String word) {
    return Arrays.stream(Level.values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is none of %s"
                    .formatted(
                        word,
                        Arrays.stream(Level.values())
                            .map(level -> level.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")))));
  }
}
