package dev.tapeline.feed.binance;

import java.time.Duration;

/** The waits between attempts, each twice the one before, up to a minute. Not thread-safe. */
final class Backoff {

  private static final long FIRST_MILLIS = 1000;
  private static final long MAX_MILLIS = Duration.ofMinutes(1).toMillis();

  private int attempts;

  /** The wait before the next attempt, in milliseconds. */
  long next() {
    long wait = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(attempts, 16));
    attempts++;
    return wait;
  }

  /** How many attempts have failed in a row. */
  int attempts() {
    return attempts;
  }

  /** An attempt has succeeded. */
  void reset() {
    attempts = 0;
  }
}
