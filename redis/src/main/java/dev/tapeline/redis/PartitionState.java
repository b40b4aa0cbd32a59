package dev.tapeline.redis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a partition, and what is wanted of it. Outlives the connection. Owned by the
 * thread that delivers.
 */
final class PartitionState {

  private static final int MAX_UNWANTED = 1 << 14;

  final int number;
  final Map<String, Track> tracks = new HashMap<>();

  /**
   * Patterns whose channels have been delivered from some point on: one without a track is at 0.
   */
  private final Set<Interest> patterns = new LinkedHashSet<>();

  private final Set<String> unwanted = new HashSet<>();

  // Of the last broadcast or answer.
  String epoch = "";
  String adopter = "";
  long n;

  // Of the connection.
  boolean subscribed;
  boolean known;
  boolean asking;
  int beginning;

  PartitionState(int number) {
    this.number = number;
  }

  /** A new connection knows nothing. */
  void reset() {
    subscribed = false;
    known = false;
    asking = false;
    beginning = 0;
    tracks.values().forEach(Track::reset);
  }

  void note(Bulletin bulletin) {
    epoch = bulletin.epoch();
    adopter = bulletin.adopter();
    n = bulletin.n();
  }

  /** Whether nothing can have happened since, in the same life of the partition. */
  boolean isInLifeOf(Bulletin bulletin) {
    return epoch.equals(bulletin.epoch()) && adopter.equals(bulletin.adopter());
  }

  boolean hasPatterns() {
    return !patterns.isEmpty();
  }

  boolean isUnused() {
    return tracks.isEmpty() && patterns.isEmpty() && beginning == 0;
  }

  void cover(Interest pattern) {
    patterns.add(pattern);
    unwanted.clear();
  }

  void uncover(Interest pattern) {
    patterns.remove(pattern);
  }

  /** Whether a channel without a track is wanted. */
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

  void prune(Interests interests) {
    patterns.removeIf(pattern -> !pattern.isWanted());
    tracks.keySet().removeIf(channel -> !interests.wants(channel));
  }
}
