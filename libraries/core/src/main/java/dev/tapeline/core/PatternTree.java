package dev.tapeline.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node in the tree of a {@link PatternIndex}: all patterns with one prefix. */
final class PatternTree<V> {

  private @Nullable V value;

  // Most nodes have one child, which needs no map.
  private char only;
  private @Nullable PatternTree<V> single;
  private @Nullable Map<Character, PatternTree<V>> several;

  /** The walk that came here last; kept for stars only, at which a walk stays. */
  private long walk;

  @Nullable V value() {
    return value;
  }

  void value(@Nullable V newest) {
    value = newest;
  }

  /** Notes that a walk has come here; returns whether it is the first time. */
  boolean enter(long walking) {
    boolean isNew = walk != walking;
    walk = walking;
    return isNew;
  }

  boolean isUnused() {
    return value == null && !hasNext();
  }

  boolean hasNext() {
    return single != null || several != null;
  }

  /** The child for a character of a pattern, which may be {@code *}. */
  @Nullable PatternTree<V> next(char c) {
    if (several != null) {
      return several.get(c);
    }
    return only == c ? single : null;
  }

  PatternTree<V> grow(char c) {
    PatternTree<V> known = next(c);
    if (known != null) {
      return known;
    }
    PatternTree<V> grown = new PatternTree<>();
    if (!hasNext()) {
      only = c;
      single = grown;
    } else {
      if (several == null) {
        several = new HashMap<>();
        several.put(only, single);
        single = null;
      }
      several.put(c, grown);
    }
    return grown;
  }

  void cut(char c) {
    if (several != null) {
      several.remove(c);
      if (several.isEmpty()) {
        several = null;
      }
    } else if (only == c) {
      single = null;
    }
  }
}
