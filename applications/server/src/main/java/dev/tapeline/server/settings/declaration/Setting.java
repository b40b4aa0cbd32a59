package dev.tapeline.server.settings.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The declaration of one setting: its name, its default, its range and its documentation stand in
 * it and nowhere else. A user sets it by an environment variable, or by the same name in kebab case
 * as a key of the YAML file.
 *
 * @param <T> the type that the setting is read as; an {@link Optional} if it has no default
 * @param doc what the setting is for, in one or two sentences of Markdown without the last stop
 */
public record Setting<T>(
    String variable, SettingKind kind, DefaultValue<T> fallback, Range<T> range, String doc) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  public static Setting<Integer> count(
      String variable, int fallback, int min, int max, String doc) {
    return number(variable, fallback, Range.counts(min, max), doc);
  }

  public static <N extends Number> Setting<N> number(
      String variable, N fallback, Range<N> range, String doc) {
    return new Setting<>(variable, SettingKind.NUMBER, fixed(fallback), range, doc);
  }

  public static Setting<Integer> size(String variable, int fallback, int min, int max, String doc) {
    Range<Integer> range = Range.counts(min, max);
    return new Setting<>(variable, SettingKind.SIZE, fixed(fallback), range, doc);
  }

  public static Setting<Long> size(String variable, long fallback, long min, long max, String doc) {
    Range<Long> range = Range.numbers(min, max);
    return new Setting<>(variable, SettingKind.SIZE, fixed(fallback), range, doc);
  }

  public static Setting<Duration> duration(String variable, Duration fallback, String doc) {
    return duration(variable, fallback, Range.durations(SHORTEST, LONGEST), doc);
  }

  public static Setting<Duration> duration(
      String variable, Duration fallback, Range<Duration> range, String doc) {
    return new Setting<>(
        variable,
        SettingKind.DURATION,
        new DefaultValue.Fixed<>(Durations.format(fallback), fallback),
        range,
        doc);
  }

  public static <E extends Enum<E>> Setting<E> choice(String variable, E fallback, String doc) {
    return new Setting<>(
        variable,
        SettingKind.CHOICE,
        new DefaultValue.Fixed<>(Range.word(fallback), fallback),
        Range.choices(fallback.getDeclaringClass()),
        doc);
  }

  public static Setting<Boolean> flag(String variable, boolean fallback, String doc) {
    return new Setting<>(variable, SettingKind.CHOICE, fixed(fallback), Range.flags(), doc);
  }

  /** A setting whose default is a text that a user could write. */
  public static <T> Setting<T> parsed(
      String variable, SettingKind kind, String fallback, Range<T> range, String doc) {
    T value = range.parser().apply(fallback);
    return new Setting<>(variable, kind, new DefaultValue.Fixed<>(fallback, value), range, doc);
  }

  /**
   * A setting that has no value by default.
   *
   * @param absent the default in a word: "none" or "any"
   */
  public static <T> Setting<Optional<T>> optional(
      String variable, SettingKind kind, String absent, Range<T> range, String doc) {
    return new Setting<>(
        variable,
        kind,
        new DefaultValue.Described<>(absent, Optional.empty()),
        range.map(Optional::of),
        doc);
  }

  /**
   * A list that is empty by default.
   *
   * @param absent the default in a word: "none" or "any"
   */
  public static <T> Setting<List<T>> list(
      String variable, String absent, Range<List<T>> range, String doc) {
    return new Setting<>(
        variable, SettingKind.LIST, new DefaultValue.Described<>(absent, List.of()), range, doc);
  }

  /** A secret, which has no default. */
  public static <T> Setting<Optional<T>> secret(String variable, Range<T> range, String doc) {
    return optional(variable, SettingKind.SECRET, "none", range, doc);
  }

  private static <T> DefaultValue<T> fixed(T value) {
    return new DefaultValue.Fixed<>(value.toString(), value);
  }

  /** The name in the YAML file. */
  public String key() {
    return variable.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean isSecret() {
    return kind == SettingKind.SECRET;
  }
}
