package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read.
 *
 * @param format null if its content tells it
 * @param source whose messages its lines are; null for the other formats
 */
public record ReplayReading(
    @Nullable ReplayFormat format, @Nullable LineSource source, ReplayRange range) {

  /** The whole file, of whatever format it is. */
  public static final ReplayReading AUTO = new ReplayReading(null, null, ReplayRange.ALL);

  public ReplayReading {
    if (format == ReplayFormat.LINES && source == null) {
      throw new IllegalArgumentException(
          "format lines needs the source of its messages" + remedy());
    }
    if (format != null && format != ReplayFormat.LINES && source != null) {
      throw new IllegalArgumentException(
          "a source is that of the messages in lines; leave it out for format " + word(format));
    }
  }

  /**
   * Reads the options {@code format}, {@code source}, {@code from} and {@code to}, as far as they
   * are given.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public static ReplayReading parse(Map<String, String> options) {
    String format = options.getOrDefault("format", "auto");
    String source = options.get("source");
    return new ReplayReading(
        format.equals("auto") ? null : constant(ReplayFormat.class, "a format is auto or", format),
        source == null
            ? null
            : constant(LineSource.class, "the source of messages in lines is", source),
        new ReplayRange(time(options.get("from")), time(options.get("to"))));
  }

  private static @Nullable ReplayTime time(@Nullable String text) {
    return text == null ? null : ReplayTime.parse(text);
  }

  private static <T extends Enum<T>> T constant(Class<T> type, String what, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("%s %s, not '%s'".formatted(what, words(type), text)));
  }

  private static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(ReplayReading::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String remedy() {
    return ": --source %s on the command line, vendor=%s in a list of feeds"
        .formatted(words(LineSource.class).replace(", ", " or "), word(LineSource.BINANCE));
  }

  /**
   * The same with the format of a file, from its content if it is not given.
   *
   * @throws FeedException if the file has no known format, or one that does not go with the source
   */
  public ReplayReading of(Recording recording) {
    if (format != null) {
      return this;
    }
    ReplayFormat found = ReplayFormat.detect(recording);
    try {
      return new ReplayReading(found, source, range);
    } catch (IllegalArgumentException e) {
      throw new FeedException(
          "%s has format %s: %s".formatted(recording.path(), word(found), e.getMessage()), e);
    }
  }
}
