package dev.tapeline.server.settings.part;

import dev.tapeline.core.DurableRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Selector;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Durations;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of durable channels and their logs. A rule is written as {@code PATTERN length=N
 * age=TIME bytes=N plain=adopt|mirror}, each part after the pattern optional; rules are separated
 * by comma.
 */
public final class DurableChannels {

  private static final String BUILT_IN = "built-in";
  private static final String NONE = "none";

  private static final int MAX_LENGTH = 1_000_000;
  private static final long MAX_BYTES = 1L << 30;
  private static final Duration MAX_AGE = Duration.ofDays(7);

  public static final Setting<DurableRules> DURABLE =
      Setting.parsed(
          "TAPELINE_DURABLE",
          SettingKind.LIST,
          BUILT_IN,
          Range.parsed(
              "PATTERN [length=N] [age=TIME] [bytes=N] [plain=adopt|mirror] by comma, built-in"
                  + " among them for the built-in ones; or none",
              DurableChannels::parse),
          "channels that keep a log");

  public static final Setting<Long> LOGS_TOTAL_BYTES =
      new Setting<>(
          "TAPELINE_LOGS_TOTAL_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(Memory.Share.ofHeap(4, 256 << 20), Long::valueOf),
          Range.numbers(1, 1L << 40),
          "what the logs of durable channels keep together in a process without Redis, or while"
              + " Redis is away");

  private DurableChannels() {}

  private static DurableRules parse(String text) {
    if (text.equals(NONE)) {
      return DurableRules.NONE;
    }
    Set<String> seen = new HashSet<>();
    List<DurableRules.Rule> rules = new ArrayList<>();
    Range.parts(text, part -> rules(part, seen)).forEach(rules::addAll);
    return new DurableRules(rules);
  }

  private static List<DurableRules.Rule> rules(String text, Set<String> seen) {
    if (text.equals(NONE)) {
      throw new IllegalArgumentException("none stands alone");
    }
    String[] parts = text.split("\\s+(?=\\w+=)");
    if (!seen.add(parts[0])) {
      throw new IllegalArgumentException("'%s' is there twice".formatted(parts[0]));
    }
    return text.equals(BUILT_IN) ? ChannelRules.DURABLE.rules() : List.of(rule(parts));
  }

  private static DurableRules.Rule rule(String[] parts) {
    Map<String, String> options = new HashMap<>();
    for (String option : Arrays.asList(parts).subList(1, parts.length)) {
      int equals = option.indexOf('=');
      if (options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("two of '%s' in one rule".formatted(option));
      }
    }
    LogBounds fallback = DurableRules.DEFAULT_BOUNDS;
    LogBounds bounds =
        new LogBounds(
            (int) number(options, "length", fallback.length(), MAX_LENGTH),
            age(options.remove("age"), fallback.age()),
            number(options, "bytes", fallback.bytes(), MAX_BYTES));
    DurableRules.Plain plain = plain(options.remove("plain"));
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is none of length, age, bytes, plain"
              .formatted(options.keySet().iterator().next()));
    }
    return new DurableRules.Rule(Selector.parse(parts[0]), bounds, plain);
  }

  private static long number(Map<String, String> options, String name, long fallback, long max) {
    String text = options.remove(name);
    if (text == null) {
      return fallback;
    }
    if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= max) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException(
        "%s is a whole number from 1 to %d, not '%s'".formatted(name, max, text));
  }

  private static Duration age(@Nullable String text, Duration fallback) {
    if (text == null) {
      return fallback;
    }
    return Durations.parse(text)
        .filter(age -> age.toMillis() % 1000 == 0 && age.isPositive())
        .filter(age -> age.compareTo(MAX_AGE) <= 0)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "age is a time of whole seconds from 1s to 168h, not '%s'".formatted(text)));
  }

  private static DurableRules.Plain plain(@Nullable String text) {
    if (text == null) {
      return DurableRules.Plain.ADOPT;
    }
    return Range.constant(DurableRules.Plain.class, text)
        .orElseThrow(() ->
            new IllegalArgumentException("plain is adopt or mirror, not '%s'".formatted(text)));
  }
}
