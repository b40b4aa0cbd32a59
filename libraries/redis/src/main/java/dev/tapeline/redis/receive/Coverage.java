package dev.tapeline.redis.receive;

import java.util.List;

/**
 * Patterns whose channels have been delivered from some point of a partition on: a channel of
 * theirs without a track is at 0. Outlives the connection. Owned by the thread that delivers.
 */
final class Coverage {

  private final InterestMap patterns = new InterestMap();

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean contains(Interest pattern) {
    return patterns.of(pattern.selector()).contains(pattern);
  }

  void add(Interest pattern) {
    patterns.add(pattern);
  }

  void remove(Interest pattern) {
    patterns.remove(pattern);
  }

  /** Drops the patterns of which nothing is wanted any more. */
  void prune() {
    List<Interest> unwanted =
        patterns.all().stream().filter(pattern -> !pattern.isWanted()).toList();
    unwanted.forEach(patterns::remove);
  }

  boolean covers(String channel) {
    return patterns.anyMatch(channel, _ -> true);
  }
}
