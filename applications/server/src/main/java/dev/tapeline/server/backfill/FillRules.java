package dev.tapeline.server.backfill;

import dev.tapeline.market.bar.Frame;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be fetched.
 *
 * @param frames those that the history keeps
 * @param kept how long bars within a day are kept
 */
record FillRules(Set<Frame> frames, Duration kept) {

  /** Nothing is fetched. */
  static final FillRules NONE = new FillRules(Set.of(), Duration.ZERO);

  /** From the end of a minute until the store and the vendor have it. */
  private static final long MINUTE_GRACE = Duration.ofSeconds(20).toMillis();

  private static final long DAY_GRACE = Duration.ofHours(1).toMillis();

  /** The most minutes that one question looks at. */
  private static final long MOST_MINUTES = 50_000;

  private static final long DAYS_BACK = Duration.ofDays(3_650).toMillis();
  private static final long DAY_MILLIS = 86_400_000;

  FillRules {
    frames = Set.copyOf(frames);
  }

  /** The frame that is fetched for a frame; null if none is. */
  @Nullable Frame part(Frame frame) {
    Frame part = frame.isIntraday() ? Frame.MINUTE : Frame.DAY;
    boolean divides = !frame.isIntraday() || frame.millis() % Frame.MINUTE.millis() == 0;
    return divides && frames.contains(part) ? part : null;
  }

  /** The time up to which bars should be there now. */
  static long over(Frame part, long now) {
    return now - (part.isIntraday() ? MINUTE_GRACE : DAY_GRACE);
  }

  /** The earliest time that is looked at now: the history drops what is before it. */
  long floor(Frame part, long now) {
    return now - (part.isIntraday() ? kept.toMillis() - DAY_MILLIS : DAYS_BACK);
  }

  /** As many bars of a frame as one question looks at. */
  static int most(Frame frame, int count) {
    if (!frame.isIntraday()) {
      return count;
    }
    long minutes = frame.millis() / Frame.MINUTE.millis();
    return (int) Math.min(count, Math.max(1, MOST_MINUTES / minutes));
  }
}
