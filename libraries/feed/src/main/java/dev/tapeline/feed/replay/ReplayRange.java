package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The part of a recording that is played.
 *
 * @param from the first time of it; null for the recording's beginning
 * @param to the first time after it; null for the recording's end
 */
public record ReplayRange(@Nullable ReplayTime from, @Nullable ReplayTime to) {

  /** The whole recording. */
  public static final ReplayRange ALL = new ReplayRange(null, null);

  /**
   * The range in a recording.
   *
   * @param begin when the recording begins
   * @param zone the time zone of its days
   * @throws FeedException if the range ends before it begins
   */
  Span in(Instant begin, ZoneId zone) {
    LocalDate day = begin.atZone(zone).toLocalDate();
    Instant first = from == null ? Instant.MIN : from.in(day, zone);
    Instant end = to == null ? Instant.MAX : to.in(day, zone);
    if (!first.isBefore(end)) {
      throw new FeedException(
          "nothing lies between from %s and to %s; to must be later".formatted(first, end));
    }
    return new Span(first, end);
  }

  /** A range of instants, without its end. */
  record Span(Instant from, Instant to) {

    private static final long NANOS = 1_000_000_000;

    boolean includes(long nanos) {
      Instant time =
          Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
      return !time.isBefore(from) && time.isBefore(to);
    }

    /** The beginning in epoch ms UTC. */
    long fromMillis() {
      return from.equals(Instant.MIN) ? Long.MIN_VALUE : from.toEpochMilli();
    }

    /** The end in epoch ms UTC. */
    long toMillis() {
      return to.equals(Instant.MAX) ? Long.MAX_VALUE : to.toEpochMilli();
    }
  }
}
