package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.RestCall;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was spent of a budget in the last period. Never more than the whole weight is spent in any
 * period of its length. Beyond a thousand spendings, those that lie close together count as one at
 * the later time. Times are those of a clock in nanoseconds that is not set.
 */
final class SlidingWindow {

  private static final int PARTS = 1000;

  private final int weight;
  private final long period;
  private final Deque<Spent> spent = new ArrayDeque<>();
  private long total;

  /** Weight that was spent between two times that lie close together. */
  private record Spent(long first, long last, int weight) {}

  SlidingWindow(RestCall.Budget budget) {
    this.weight = budget.weight();
    this.period = budget.period().toNanos();
  }

  /** Whether a cost can ever have room. */
  boolean isEnoughFor(int cost) {
    return cost <= weight;
  }

  /**
   * How long it takes from now until a cost has room; 0 if it has now.
   *
   * @param cost not more than the whole weight
   */
  long nanosUntil(int cost, long now) {
    long excess = total + cost - weight;
    for (Spent each : spent) {
      long left = each.last + period - now;
      if (left <= 0) {
        excess -= each.weight;
      } else if (excess > 0) {
        excess -= each.weight;
        if (excess <= 0) {
          return left;
        }
      }
    }
    return 0;
  }

  void spend(int cost, long now) {
    forget(now);
    total += cost;
    Spent last = spent.peekLast();
    if (spent.size() >= PARTS && last != null && now - last.first < period / PARTS) {
      spent.removeLast();
      spent.addLast(new Spent(last.first, now, last.weight + cost));
    } else {
      spent.addLast(new Spent(now, now, cost));
    }
  }

  /** The number of parts that are remembered. */
  int size() {
    return spent.size();
  }

  private void forget(long now) {
    Spent first = spent.peekFirst();
    while (first != null && first.last + period - now <= 0) {
      spent.removeFirst();
      total -= first.weight;
      first = spent.peekFirst();
    }
  }
}
