package dev.tapeline.server.settings.part;

import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * How much is logged.
 *
 * @param level the level of this program's own loggers
 * @param single the levels of single loggers by name, which may be those of libraries
 */
public record LogLevels(Level level, Map<String, Level> single) {

  public static final LogLevels DEFAULT = new LogLevels(Level.INFO, Map.of());

  public static final Setting<LogLevels> LOG_LEVEL =
      new Setting<>(
          "TAPELINE_LOG_LEVEL",
          SettingKind.LIST,
          new DefaultValue.Fixed<>(Range.word(DEFAULT.level()), DEFAULT),
          Range.parsed(
              "one of %s, and LOGGER=LEVEL for single loggers, by comma"
                  .formatted(Range.words(Level.class)),
              LogLevels::parse),
          "how much is logged");

  public LogLevels {
    single = Map.copyOf(single);
  }

  private static LogLevels parse(String text) {
    Level level = DEFAULT.level();
    boolean given = false;
    Map<String, Level> single = new LinkedHashMap<>();
    for (Part part : Range.parts(text, LogLevels::part)) {
      if (!part.logger().isEmpty()) {
        single.put(part.logger(), part.level());
      } else if (given) {
        throw new IllegalArgumentException();
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
    return Range.constant(Level.class, word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is none of %s".formatted(word, Range.words(Level.class))));
  }
}
