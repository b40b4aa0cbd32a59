package dev.tapeline.access;

import java.time.Duration;

/**
 * How often tokens may have the keys fetched that name one which is not there: whoever makes tokens
 * up can name as many. Safe for all threads.
 */
final class UnknownKeys {

  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int MOST = 2;

  private long since;
  private int asked;

  /** Asks for leave; how long it is until there is some again, or zero if it is given. */
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
