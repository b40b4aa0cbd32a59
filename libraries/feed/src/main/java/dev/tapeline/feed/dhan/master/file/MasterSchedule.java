package dev.tapeline.feed.dhan.master.file;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When the master is loaded: the vendor makes it anew each morning, and trading begins at 9:15. It
 * has no clock, and may be used from any thread.
 */
public final class MasterSchedule {

  private static final LocalTime FIRST = LocalTime.of(8, 30);
  private static final LocalTime URGENT_UNTIL = LocalTime.of(9, 0);
  private static final Duration RETRY = Duration.ofMinutes(10);
  private static final Duration LATER_RETRY = Duration.ofHours(1);

  private MasterSchedule() {}

  /** The time of the next day's load after one that succeeded: the next 8:30 in the zone. */
  public static Instant nextLoad(Instant now, ZoneId zone) {
    ZonedDateTime time = now.atZone(zone);
    ZonedDateTime today = time.with(FIRST);
    return (time.isBefore(today) ? today : today.plusDays(1)).toInstant();
  }

  /**
   * The time of the next attempt after one that failed: 10 minutes later, and from 9:00 on an hour
   * later, but never after the next day's load.
   */
  public static Instant nextTry(Instant now, ZoneId zone) {
    LocalTime time = now.atZone(zone).toLocalTime();
    boolean isUrgent = time.isBefore(URGENT_UNTIL) && !time.isBefore(FIRST);
    Instant retry = now.plus(isUrgent ? RETRY : LATER_RETRY);
    Instant nextLoad = nextLoad(now, zone);
    return retry.isBefore(nextLoad) ? retry : nextLoad;
  }
}
