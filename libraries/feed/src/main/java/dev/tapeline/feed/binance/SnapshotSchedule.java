package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.Retries;
import java.time.Duration;

/**
 * Says when the next snapshot of one book may be asked for: a second after the last one at the
 * earliest, later each time that it was of no use or that the book was soon lost again, and after
 * {@value #MAX_ATTEMPTS} of those only after a long rest. Owned by the thread of its feed.
 */
final class SnapshotSchedule {

  static final int MAX_ATTEMPTS = 8;
  static final long REST_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long MIN_MILLIS = 1000;
  private static final long STEADY_MILLIS = 60_000;
  private static final long LOST_CALL_MILLIS = Duration.ofMinutes(2).toMillis();

  private final Retries retries = Retries.exact(BinanceWaits.USUAL);
  private boolean asked;
  private boolean resting;
  private long askedAt;
  private long takenAt;
  private long due;

  /** Whether one may be asked for now. */
  boolean isDue(long now) {
    return asked ? now - askedAt > LOST_CALL_MILLIS : now >= due;
  }

  void asked(long now) {
    asked = true;
    askedAt = now;
  }

  void taken(long now) {
    asked = false;
    resting = false;
    takenAt = now;
    due = askedAt + MIN_MILLIS;
  }

  /** It was of no use, or has not come. */
  void failed(long now) {
    asked = false;
    later(now);
  }

  /** The book was lost. */
  void lost(long now) {
    if (now - takenAt < STEADY_MILLIS) {
      later(now);
    } else {
      retries.reset();
    }
  }

  private void later(long now) {
    if (retries.attempts() >= MAX_ATTEMPTS) {
      retries.reset();
      resting = true;
      due = now + REST_MILLIS;
    } else {
      due = Math.max(due, now + retries.next().toMillis());
    }
  }

  /** Whether it was given up for a while. */
  boolean isResting() {
    return resting;
  }
}
