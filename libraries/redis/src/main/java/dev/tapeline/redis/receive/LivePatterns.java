package dev.tapeline.redis.receive;

import java.util.List;

/**
 * The patterns whose channels are being delivered in a partition. A channel of theirs without an
 * offset stands at 0. Outlives the connection. Owned by the thread that delivers.
 */
final class LivePatterns {

  private final BusSubscriptionIndex patterns = new BusSubscriptionIndex();

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean contains(BusSubscription pattern) {
    return patterns.of(pattern.selector()).contains(pattern);
  }

  void add(BusSubscription pattern) {
    patterns.add(pattern);
  }

  void remove(BusSubscription pattern) {
    patterns.remove(pattern);
  }

  /** Drops the patterns that nobody wants any more. */
  void prune() {
    List<BusSubscription> unwanted =
        patterns.all().stream().filter(pattern -> !pattern.isWanted()).toList();
    unwanted.forEach(patterns::remove);
  }

  boolean covers(String channel) {
    return patterns.anyMatch(channel, _ -> true);
  }
}
