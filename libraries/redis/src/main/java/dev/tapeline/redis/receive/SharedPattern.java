package dev.tapeline.redis.receive;

import dev.tapeline.core.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A pattern that is subscribed at Redis, and the bus subscriptions that it serves. It matches all
 * that they match. Guarded by the lock of {@link BusSubscriptions}.
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

  /** Whether some subscription needs exactly this pattern. */
  boolean hasOwner() {
    return owners > 0;
  }

  /** Whether it stands for several patterns with a common prefix. */
  boolean isMerged() {
    return merged;
  }

  void merge() {
    merged = true;
  }

  /** The patterns at Redis that it replaces once it is confirmed. */
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

  /** Forgets what Redis has confirmed or refused. */
  void reset() {
    confirmed = false;
    refused = false;
    replaced.clear();
  }

  /** The subscriptions that need less than this pattern. */
  List<BusSubscription> others() {
    return served.stream().filter(subscription -> !isOwner(subscription)).toList();
  }
}
