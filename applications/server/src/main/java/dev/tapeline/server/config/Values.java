package dev.tapeline.server.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was set, one value a setting, read as the type that the setting has. */
final class Values {

  static final String DURATIONS = "a time from 100ms to 24h, such as 500ms, 10s or 2m";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Map<Setting, Value> values;

  Values(Map<Setting, Value> values) {
    this.values = Map.copyOf(values);
  }

  Optional<Value> get(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  Optional<String> text(Setting setting) {
    return get(setting).map(Value::text);
  }

  int integer(Setting setting, int fallback, int min, int max) {
    return Math.toIntExact(number(setting, fallback, min, max));
  }

  long number(Setting setting, long fallback, long min, long max) {
    return get(setting).map(value -> parseNumber(value, min, max)).orElse(fallback);
  }

  private static long parseNumber(Value value, long min, long max) {
    if (value.text().matches("-?[0-9]{1,18}")) {
      long number = new BigInteger(value.text()).longValueExact();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw ConfigException.notAllowed(value, value.setting().allowed());
  }

  Duration duration(Setting setting, Duration fallback) {
    return get(setting).map(Values::parseDuration).orElse(fallback);
  }

  private static Duration parseDuration(Value value) {
    return parsed(value.text())
        .filter(duration -> duration.compareTo(SHORTEST) >= 0)
        .filter(duration -> duration.compareTo(LONGEST) <= 0)
        .orElseThrow(() -> ConfigException.notAllowed(value, DURATIONS));
  }

  /** A time such as 500ms, 10s, 2m or 1h, if the text is one. */
  static Optional<Duration> parsed(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        });
  }

  <E extends Enum<E>> E choice(Setting setting, Class<E> type, E fallback) {
    return get(setting).map(value -> parseChoice(value, type)).orElse(fallback);
  }

  private static <E extends Enum<E>> E parseChoice(Value value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value.text()))
        .findFirst()
        .orElseThrow(() -> ConfigException.notAllowed(value, value.setting().allowed()));
  }

  /** The parts between commas, each of which the parser takes or refuses by an exception. */
  <T> List<T> list(Setting setting, Function<String, T> parser) {
    return parsed(setting, text -> parts(text).map(parser).toList()).orElse(List.of());
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }

  /** What the parser makes of the text; it refuses by an exception. */
  <T> Optional<T> parsed(Setting setting, Function<String, T> parser) {
    return get(setting).map(value -> parse(value, parser));
  }

  private static <T> T parse(Value value, Function<String, T> parser) {
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException e) {
      throw ConfigException.notAllowed(
          value,
          "%s (%s)"
              .formatted(
                  value.setting().allowed(),
                  String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?")));
    }
  }

  /** A text that must match, such as a name. */
  Optional<String> matching(Setting setting, String regex) {
    Optional<Value> value = get(setting);
    value
        .filter(given -> !given.text().matches(regex))
        .ifPresent(given -> {
          throw ConfigException.notAllowed(given, setting.allowed());
        });
    return value.map(Value::text);
  }
}
