package dev.tapeline.redis.receive;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Subscriptions by selector, in their order. It finds those that match a channel without looking at
 * the others. Owned by one thread or guarded by one lock.
 */
final class BusSubscriptionIndex {

  private final Map<String, Set<BusSubscription>> names = new LinkedHashMap<>();
  private final PatternIndex<Set<BusSubscription>> patterns = new PatternIndex<>();
  private int size;

  int size() {
    return size;
  }

  void add(BusSubscription subscription) {
    switch (subscription.selector()) {
      case Channel(String name) -> count(names.computeIfAbsent(name, _ -> few()).add(subscription));
      case Pattern pattern -> {
        Set<BusSubscription> same = patterns.get(pattern);
        if (same == null) {
          same = few();
          patterns.put(pattern, same);
        }
        count(same.add(subscription));
      }
    }
  }

  private void count(boolean added) {
    size += added ? 1 : 0;
  }

  private static Set<BusSubscription> few() {
    return new LinkedHashSet<>(2);
  }

  void remove(BusSubscription subscription) {
    Set<BusSubscription> same = of(subscription.selector());
    if (same.contains(subscription)) {
      same.remove(subscription);
      size--;
      if (same.isEmpty()) {
        removeAll(subscription.selector());
      }
    }
  }

  private void removeAll(Selector selector) {
    switch (selector) {
      case Channel(String name) -> names.remove(name);
      case Pattern pattern -> patterns.remove(pattern);
    }
  }

  /** The subscriptions of exactly this selector. */
  Set<BusSubscription> of(Selector selector) {
    Set<BusSubscription> same =
        switch (selector) {
          case Channel(String name) -> names.get(name);
          case Pattern pattern -> patterns.get(pattern);
        };
    return same == null ? Set.of() : same;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    names.clear();
    patterns.clear();
    size = 0;
  }

  /** All subscriptions, names first. */
  List<BusSubscription> all() {
    List<BusSubscription> all = new ArrayList<>(size);
    names.values().forEach(all::addAll);
    patterns.values().forEach(all::addAll);
    return all;
  }

  /** Whether the condition holds for a subscription that matches the channel. */
  boolean anyMatch(String channel, Predicate<BusSubscription> condition) {
    return isAny(names.getOrDefault(channel, Set.of()), condition)
        || (!patterns.isEmpty() && patterns.anyMatch(channel, same -> isAny(same, condition)));
  }

  private static boolean isAny(
      Collection<BusSubscription> some, Predicate<BusSubscription> condition) {
    for (BusSubscription subscription : some) {
      if (condition.test(subscription)) {
        return true;
      }
    }
    return false;
  }

  /** Calls the action with each subscription that matches the channel. */
  void forEachMatch(String channel, Consumer<BusSubscription> action) {
    names.getOrDefault(channel, Set.of()).forEach(action);
    patterns.forEachMatch(channel, same -> same.forEach(action));
  }
}
