package dev.tapeline.feed.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A time in a recording, as a user names it. */
public sealed interface ReplayTime {

  /** An instant. */
  record At(Instant instant) implements ReplayTime {}

  /** A time of day of the recording's first day. */
  record OfDay(LocalTime time) implements ReplayTime {}

  /**
   * Reads an instant, such as {@code 2026-11-29T09:15:00Z} or {@code 2026-11-29T09:15:00+05:30}, or
   * a time of day, such as {@code 09:15} or {@code 09:15:30.5}.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static ReplayTime parse(String text) {
    try {
      return text.contains("T")
          ? new At(OffsetDateTime.parse(text).toInstant())
          : new OfDay(LocalTime.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          ("a time is one of the recording's first day, such as 09:15 or 09:15:30, or an instant"
                  + " with its zone, such as 2026-11-29T09:15:00Z, not '%s'")
              .formatted(text),
          e);
    }
  }

  /** The instant in a recording that begins on this day. */
  default Instant in(LocalDate firstDay, ZoneId zone) {
    return switch (this) {
      case At(Instant instant) -> instant;
      case OfDay(LocalTime time) -> firstDay.atTime(time).atZone(zone).toInstant();
    };
  }
}
