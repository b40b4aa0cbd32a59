package dev.tapeline.redis.receive;

import dev.tapeline.core.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One pattern that Redis is asked for, and the interests in patterns that it serves: none of them
 * matches what it does not. Guarded by the lock of the interests.
 */
final class Cover {

  private final Pattern pattern;
  private final Set<Interest> served = new LinkedHashSet<>(2);
  private final List<Cover> replaced = new ArrayList<>(0);
  private int owners;
  private boolean merged;
  private boolean confirmed;
  private boolean refused;

  Cover(Pattern pattern) {
    this.pattern = pattern;
  }

  Pattern pattern() {
    return pattern;
  }

  Set<Interest> served() {
    return served;
  }

  void serve(Interest interest) {
    if (served.add(interest)) {
      owners += isOwner(interest) ? 1 : 0;
    }
  }

  void leave(Interest interest) {
    if (served.remove(interest)) {
      owners -= isOwner(interest) ? 1 : 0;
    }
  }

  private boolean isOwner(Interest interest) {
    return Coverings.own((Pattern) interest.selector()).equals(pattern);
  }

  /** Whether it is just what some interest needs. */
  boolean hasOwner() {
    return owners > 0;
  }

  /** Whether it stands for several patterns that begin alike. */
  boolean isMerged() {
    return merged;
  }

  void merge() {
    merged = true;
  }

  /** Those on Redis that it takes the place of once it is confirmed. */
  List<Cover> replaced() {
    return replaced;
  }

  boolean isConfirmed() {
    return confirmed;
  }

  void confirm() {
    confirmed = true;
  }

  boolean isRefused() {
    return refused;
  }

  void refuse() {
    refused = true;
  }

  /** Redis knows nothing of it any more. */
  void reset() {
    confirmed = false;
    refused = false;
    replaced.clear();
  }

  /** Those that need less than this. */
  List<Interest> others() {
    return served.stream().filter(interest -> !isOwner(interest)).toList();
  }
}
