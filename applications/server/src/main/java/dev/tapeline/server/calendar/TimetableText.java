package dev.tapeline.server.calendar;

import dev.tapeline.market.session.Timetable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hours of a class from a date on, as they are written. */
record TimetableText(
    @Nullable LocalDate from,
    @Nullable List<@Nullable WindowText> windows,
    @Nullable ExpiryText expiry) {

  /** Refuses wrong hours while the reader still knows their line. */
  TimetableText {
    var _ = timetable(from, windows, expiry);
  }

  Timetable timetable() {
    return timetable(from, windows, expiry);
  }

  private static Timetable timetable(
      @Nullable LocalDate from,
      @Nullable List<@Nullable WindowText> windows,
      @Nullable ExpiryText expiry) {
    if (from == null) {
      throw new IllegalArgumentException(
          "a timetable has no date: write 'from:' and the first date that it is in force");
    }
    return new Timetable(from, WindowText.windows(windows), ExpiryText.times(expiry));
  }
}
