package dev.tapeline.server.settings.declaration;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The values that a setting may have.
 *
 * @param allowed the range as an error names it: "a whole number from 1 to 10"
 * @param shown the range as the documentation shows it: "1 to 10"
 * @param parser reads a text; it refuses one by an {@link IllegalArgumentException}, whose message,
 *     if there is one, becomes part of the error
 */
public record Range<T>(String allowed, String shown, Function<String, T> parser) {

  private static final int MAX_PORT = 65_535;

  public static Range<Long> numbers(long min, long max) {
    String shown = "%d to %d".formatted(min, max);
    return new Range<>("a whole number from " + shown, shown, text -> number(text, min, max));
  }

  public static Range<Integer> counts(int min, int max) {
    return numbers(min, max).map(Math::toIntExact);
  }

  /**
   * Whole numbers from 0 on.
   *
   * @param zero what 0 stands for
   */
  public static Range<Integer> countsOrZero(String zero, int max) {
    String shown = "0 (%s) to %d".formatted(zero, max);
    return new Range<>("a whole number from " + shown, shown, counts(0, max).parser());
  }

  public static Range<Integer> ports() {
    return parsed("a port from 1 to " + MAX_PORT, counts(1, MAX_PORT).parser());
  }

  public static Range<Integer> portsOrFree() {
    return parsed(
        "a port from 1 to %d, or 0 for any free one".formatted(MAX_PORT),
        counts(0, MAX_PORT).parser());
  }

  public static Range<Duration> durations(Duration min, Duration max) {
    String shown = "%s to %s".formatted(Durations.format(min), Durations.format(max));
    return new Range<>(
        "a time from %s, such as 500ms, 10s or 2m".formatted(shown),
        shown,
        text ->
            Durations.parse(text)
                .filter(duration -> duration.compareTo(min) >= 0)
                .filter(duration -> duration.compareTo(max) <= 0)
                .orElseThrow(IllegalArgumentException::new));
  }

  /** The constants of the type, in lower case. */
  static <E extends Enum<E>> Range<E> choices(Class<E> type) {
    return parsed(
        "one of " + words(type),
        text -> constant(type, text).orElseThrow(IllegalArgumentException::new));
  }

  static Range<Boolean> flags() {
    return matching("true|false", "true or false").map(Boolean::valueOf);
  }

  public static Range<String> texts(String allowed) {
    return parsed(allowed, text -> text);
  }

  public static Range<String> matching(String regex, String allowed) {
    return parsed(
        allowed,
        text -> {
          if (!text.matches(regex)) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  public static Range<Path> files(String allowed) {
    return parsed(allowed, Path::of);
  }

  /** Lists of parts, separated by commas; empty parts are left out. */
  public static <T> Range<List<T>> lists(String allowed, Function<String, T> parser) {
    return parsed(allowed, text -> parts(text, parser));
  }

  public static <T> Range<T> parsed(String allowed, Function<String, T> parser) {
    return new Range<>(allowed, allowed, parser);
  }

  /**
   * Reads a value.
   *
   * @throws ConfigException if the value is out of range
   */
  public T read(Value value) {
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException e) {
      String reason = e.getMessage();
      throw ConfigException.notAllowed(
          value,
          reason == null
              ? allowed
              : "%s (%s)".formatted(allowed, reason.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  public <R> Range<R> map(Function<T, R> type) {
    return new Range<>(allowed, shown, parser.andThen(type));
  }

  /** The parts between commas, each of them read; empty ones are left out. */
  public static <T> List<T> parts(String text, Function<String, T> parser) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(parser)
        .toList();
  }

  /** The constant of this name in lower case. */
  public static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst();
  }

  /** The constants of the type in lower case, by comma. */
  public static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Range::word)
        .collect(Collectors.joining(", "));
  }

  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static long number(String text, long min, long max) {
    if (text.matches("-?[0-9]{1,18}")) {
      long number = new BigInteger(text).longValueExact();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException();
  }
}
