package dev.tapeline.redis.receive;

import dev.tapeline.core.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One pattern that Redis is asked for, and the subscriptions in patterns that it serves: none of
 * them matches what it does not. Guarded by the lock of the subscriptions.
 */
final class SharedPattern {

  private final Pattern pattern;
  private final Set<BusSubscription> served = new LinkedHashSet<>(2);
  private final List<SharedPattern> replaced = new ArrayList<>(0);
  private int owners;
  private boolean merged;
  private boolean confirmed;
  private boolean refused;

  SharedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  Pattern pattern() {
    return pattern;
  }

  Set<BusSubscription> served() {
    return served;
  }

  void serve(BusSubscription subscription) {
    if (served.add(subscription)) {
      owners += isOwner(subscription) ? 1 : 0;
    }
  }

  void leave(BusSubscription subscription) {
    if (served.remove(subscription)) {
      owners -= isOwner(subscription) ? 1 : 0;
    }
  }

  private boolean isOwner(BusSubscription subscription) {
    return SharedPatterns.own((Pattern) subscription.selector()).equals(pattern);
  }

  /** Whether it is just what some subscription needs. */
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
  List<SharedPattern> replaced() {
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
  List<BusSubscription> others() {
    return served.stream().filter(subscription -> !isOwner(subscription)).toList();
  }
}
