package dev.tapeline.feed.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads the times of CSV files: ISO 8601 with a zone, or a number since 1970 whose magnitude tells
 * whether it counts seconds, milliseconds, microseconds or nanoseconds.
 */
public final class CsvTime {

  private static final int MAX_LENGTH = 40;

  /** Up to here a number counts seconds: until the year 5138. */
  private static final BigDecimal MAX_SECONDS = new BigDecimal("1e11");

  private static final int[] NANOS_DIGITS = {9, 6, 3, 0};

  private CsvTime() {}

  /**
   * The time in ns since 1970.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw none(text);
    }
    char first = text.charAt(0);
    boolean isNumber = first >= '0' && first <= '9' && text.indexOf('-') < 0;
    long nanos = isNumber ? number(text) : iso(text);
    if (nanos < RecordedLine.MIN_NANOS || nanos > RecordedLine.MAX_NANOS) {
      throw new IllegalArgumentException(
          "the time %s is not between the years 2000 and 2200".formatted(text));
    }
    return nanos;
  }

  private static long number(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      BigDecimal limit = MAX_SECONDS;
      for (int digits : NANOS_DIGITS) {
        if (value.compareTo(limit) < 0) {
          return nanos(value, digits);
        }
        limit = limit.movePointRight(3);
      }
    } catch (ArithmeticException | NumberFormatException _) {
      throw none(text);
    }
    throw none(text);
  }

  private static long nanos(BigDecimal value, int digits) {
    return value.movePointRight(digits).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  private static long iso(String text) {
    try {
      Instant time = OffsetDateTime.parse(text.replaceFirst(" ", "T")).toInstant();
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException _) {
      throw none(text);
    }
  }

  private static IllegalArgumentException none(String text) {
    String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    return new IllegalArgumentException(
        ("'%s' is no time; write one with its zone, such as 2026-11-29T09:15:00+05:30, or s, ms,"
                + " us or ns since 1970")
            .formatted(shown));
  }
}
