package dev.tapeline.feed.net;

import org.jspecify.annotations.Nullable;

/**
 * How long arrivals have waited for the thread of a feed. A feed that can't keep up would look live
 * while its prices are old, so its status says it. Written by that thread; {@link #millis} may be
 * asked by any.
 */
final class Lag {

  static final String BEHIND = "behind the vendor, as this node is too slow";

  private static final long LATE_MILLIS = 3_000;
  private static final long ON_TIME_MILLIS = 500;

  private volatile long millis;
  private boolean late;

  /** Takes how long the arrival at hand has waited, and says whether the status changes. */
  boolean take(long waited) {
    millis = Math.max(0, waited);
    boolean before = late;
    late = late ? millis > ON_TIME_MILLIS : millis > LATE_MILLIS;
    return late != before;
  }

  /** How long the newest arrival that was worked on had waited. */
  long millis() {
    return millis;
  }

  /** The reason of a live source, with that of the lag before it. */
  @Nullable String before(@Nullable String reason) {
    if (!late) {
      return reason;
    }
    return reason == null ? BEHIND : BEHIND + "; " + reason;
  }
}
