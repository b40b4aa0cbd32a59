package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time on the clock of an exchange, from 00:00 to 24:00, which is the end of the day.
 *
 * @param seconds since 00:00
 */
public record TimeOfDay(int seconds) implements Comparable<TimeOfDay> {

  private static final int DAY = 24 * 60 * 60;
  private static final Pattern TEXT = Pattern.compile("(\\d\\d):([0-5]\\d)(?::([0-5]\\d))?");

  public TimeOfDay {
    if (seconds < 0 || seconds > DAY) {
      throw new IllegalArgumentException("not a time of day: %d s after 00:00".formatted(seconds));
    }
  }

  /** Reads a text such as {@code 09:15} or {@code 15:30:30}. */
  public static TimeOfDay parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw refusal(text);
    }
    String seconds = matcher.group(3);
    int sum =
        (Integer.parseInt(matcher.group(1)) * 60 + Integer.parseInt(matcher.group(2))) * 60
            + (seconds == null ? 0 : Integer.parseInt(seconds));
    if (sum > DAY) {
      throw refusal(text);
    }
    return new TimeOfDay(sum);
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "not a time of day: '%s'; write it as 09:15 or 09:15:30, from 00:00 to 24:00"
            .formatted(text));
  }

  /** The instant of this time on a date; 24:00 is 00:00 of the next date. */
  Instant on(LocalDate date, ZoneId zone) {
    return date.atStartOfDay().plusSeconds(seconds).atZone(zone).toInstant();
  }

  @Override
  public int compareTo(TimeOfDay other) {
    return Integer.compare(seconds, other.seconds);
  }

  /** Hours and minutes, and the seconds if there are any. */
  @Override
  public String toString() {
    String minutes = "%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? minutes : "%s:%02d".formatted(minutes, seconds % 60);
  }
}
