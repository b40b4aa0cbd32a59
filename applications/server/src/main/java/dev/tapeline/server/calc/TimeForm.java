package dev.tapeline.server.calc;

import java.math.BigDecimal;
import java.time.Instant;

/** How a file writes its times; what is computed of it writes them alike. */
enum TimeForm {
  SECONDS,
  MILLIS,
  MICROS,
  NANOS,
  /** ISO 8601; written in UTC. */
  ISO;

  /** The magnitudes up to which a number counts seconds, and so on, as {@code CsvTime} has them. */
  private static final BigDecimal MAX_SECONDS = new BigDecimal("1e11");

  /** The form of a time that was read. */
  static TimeForm of(String text) {
    if (!text.matches("[0-9.]+")) {
      return ISO;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(MAX_SECONDS) < 0) {
      return SECONDS;
    }
    if (value.compareTo(MAX_SECONDS.movePointRight(3)) < 0) {
      return MILLIS;
    }
    return value.compareTo(MAX_SECONDS.movePointRight(6)) < 0 ? MICROS : NANOS;
  }

  /** A time in this form; epoch ms UTC. */
  String text(long time) {
    return switch (this) {
      case SECONDS -> BigDecimal.valueOf(time, 3).stripTrailingZeros().toPlainString();
      case MILLIS -> Long.toString(time);
      case MICROS -> Long.toString(time * 1_000);
      case NANOS -> Long.toString(time * 1_000_000);
      case ISO -> Instant.ofEpochMilli(time).toString();
    };
  }
}
