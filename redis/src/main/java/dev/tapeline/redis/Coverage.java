package dev.tapeline.redis;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Patterns whose channels have been delivered from some point of a partition on: a channel of
 * theirs without a track is at 0. Outlives the connection. Owned by the thread that delivers.
 */
final class Coverage {

  private static final int MAX_UNWANTED = 1 << 14;

  private final Set<Interest> patterns = new LinkedHashSet<>();
  private final Set<String> unwanted = new HashSet<>();

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean contains(Interest pattern) {
    return patterns.contains(pattern);
  }

  void add(Interest pattern) {
    patterns.add(pattern);
    unwanted.clear();
  }

  void remove(Interest pattern) {
    patterns.remove(pattern);
  }

  /** Drops the patterns of which nothing is wanted any more. */
  void prune() {
    patterns.removeIf(pattern -> !pattern.isWanted());
  }

  boolean covers(String channel) {
    if (patterns.isEmpty() || unwanted.contains(channel)) {
      return false;
    }
    for (Interest pattern : patterns) {
      if (pattern.selector().matches(channel)) {
        return true;
      }
    }
    if (unwanted.size() >= MAX_UNWANTED) {
      unwanted.clear();
    }
    unwanted.add(channel);
    return false;
  }
}
