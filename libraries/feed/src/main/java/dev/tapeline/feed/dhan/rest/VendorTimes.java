package dev.tapeline.feed.dhan.rest;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads the vendor's several ways to write a time of India's wall clock. */
final class VendorTimes {

  /** What could not be read, or stands for none. */
  static final long UNKNOWN = 0;

  private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);
  private static final LocalDateTime FIRST = LocalDate.of(2000, 1, 1).atStartOfDay();
  private static final DateTimeFormatter DAY_FIRST =
      DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm[:ss]");
  private static final DateTimeFormatter YEAR_FIRST =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[' ']['T']HH:mm:ss[.SSS][.S]");

  private VendorTimes() {}

  /** Epoch ms of {@code 09/09/2026 08:00[:00]}; {@link #UNKNOWN} for another text, or 1980. */
  static long dayFirst(String text) {
    return millis(text, DAY_FIRST);
  }

  /** Epoch ms of {@code 2026-09-29 17:52:44[.0]}; {@link #UNKNOWN} for another text. */
  static long yearFirst(String text) {
    return millis(text, YEAR_FIRST);
  }

  private static long millis(String text, DateTimeFormatter format) {
    try {
      LocalDateTime time = LocalDateTime.parse(text.strip(), format);
      return time.isBefore(FIRST) ? UNKNOWN : time.toInstant(INDIA).toEpochMilli();
    } catch (DateTimeParseException _) {
      return UNKNOWN;
    }
  }
}
