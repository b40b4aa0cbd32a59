package dev.tapeline.access.token;

import java.time.Duration;

/**
 * The limit on fetches for tokens with unknown keys, which anybody can make up. Safe for all
 * threads.
 */
final class UnknownKeys {

  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int MOST = 2;

  private long since;
  private int asked;

  /** Takes leave for one fetch; returns zero, or the time until there is leave again. */
  synchronized Duration ask() {
    long now = System.nanoTime();
    Duration left = WINDOW.minusNanos(now - since);
    if (asked == 0 || !left.isPositive()) {
      since = now;
      asked = 0;
    }
    if (asked == MOST) {
      return left;
    }
    asked++;
    return Duration.ZERO;
  }
}
