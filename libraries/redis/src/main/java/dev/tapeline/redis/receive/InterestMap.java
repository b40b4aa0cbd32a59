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
 * Interests by what they select, in their order: those that select a channel are found without a
 * look at the others. Owned by one thread, or by one lock.
 */
final class InterestMap {

  private final Map<String, Set<Interest>> names = new LinkedHashMap<>();
  private final PatternIndex<Set<Interest>> patterns = new PatternIndex<>();
  private int size;

  int size() {
    return size;
  }

  void add(Interest interest) {
    switch (interest.selector()) {
      case Channel(String name) -> count(names.computeIfAbsent(name, _ -> few()).add(interest));
      case Pattern pattern -> {
        Set<Interest> same = patterns.get(pattern);
        if (same == null) {
          same = few();
          patterns.put(pattern, same);
        }
        count(same.add(interest));
      }
    }
  }

  private void count(boolean added) {
    size += added ? 1 : 0;
  }

  private static Set<Interest> few() {
    return new LinkedHashSet<>(2);
  }

  void remove(Interest interest) {
    Set<Interest> same = of(interest.selector());
    if (same.contains(interest)) {
      same.remove(interest);
      size--;
      if (same.isEmpty()) {
        removeAll(interest.selector());
      }
    }
  }

  private void removeAll(Selector selector) {
    switch (selector) {
      case Channel(String name) -> names.remove(name);
      case Pattern pattern -> patterns.remove(pattern);
    }
  }

  /** Those in just this selector. */
  Set<Interest> of(Selector selector) {
    Set<Interest> same =
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

  /** All of them, names first. */
  List<Interest> all() {
    List<Interest> all = new ArrayList<>(size);
    names.values().forEach(all::addAll);
    patterns.values().forEach(all::addAll);
    return all;
  }

  /** Whether this is true of one that selects the channel. */
  boolean anyMatch(String channel, Predicate<Interest> condition) {
    return isAny(names.getOrDefault(channel, Set.of()), condition)
        || (!patterns.isEmpty() && patterns.anyMatch(channel, same -> isAny(same, condition)));
  }

  private static boolean isAny(Collection<Interest> some, Predicate<Interest> condition) {
    for (Interest interest : some) {
      if (condition.test(interest)) {
        return true;
      }
    }
    return false;
  }

  /** Does something with each that selects the channel. */
  void forEachMatch(String channel, Consumer<Interest> action) {
    names.getOrDefault(channel, Set.of()).forEach(action);
    patterns.forEachMatch(channel, same -> same.forEach(action));
  }
}
