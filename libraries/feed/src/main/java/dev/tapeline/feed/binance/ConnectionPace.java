package dev.tapeline.feed.binance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps the attempts to connect below what Binance allows an address: 300 in five minutes. Owned by
 * the thread of its feed.
 */
final class ConnectionPace {

  static final int MAX_ATTEMPTS = 250;
  private static final long PERIOD_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Deque<Long> attempts = new ArrayDeque<>();

  /** Books an attempt, and returns how long it must wait, which is at least what it wants. */
  long book(long now, long wanted) {
    while (!attempts.isEmpty() && attempts.getFirst() <= now - PERIOD_MILLIS) {
      attempts.removeFirst();
    }
    long at = now + wanted;
    if (attempts.size() >= MAX_ATTEMPTS) {
      at = Math.max(at, attempts.removeFirst() + PERIOD_MILLIS);
    }
    attempts.addLast(at);
    return at - now;
  }
}
