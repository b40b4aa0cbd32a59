package dev.tapeline.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map from patterns to values that finds the patterns that match a name without trying each. All
 * patterns are in one tree of their characters. A look-up walks through the tree once, along all
 * nodes that the name can reach. So it costs the length of the name times the prefixes of patterns
 * that match it; other patterns cost nothing. The walk allocates nothing: it has no iterators. Not
 * safe for several threads.
 */
public final class PatternIndex<V> {

  private final Map<Pattern, V> all = new LinkedHashMap<>();
  private final PatternTree<V> root = new PatternTree<>();
  private final List<PatternTree<V>> stars = new ArrayList<>();
  private List<PatternTree<V>> places = new ArrayList<>();
  private List<PatternTree<V>> next = new ArrayList<>();
  private long walk;
  private long steps;

  public @Nullable V get(Pattern pattern) {
    return all.get(pattern);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  public int size() {
    return all.size();
  }

  /** The patterns, in the order in which they came. */
  public Set<Pattern> patterns() {
    return Collections.unmodifiableSet(all.keySet());
  }

  /** The values, in the order in which their patterns came. */
  public Collection<V> values() {
    return Collections.unmodifiableCollection(all.values());
  }

  /** The number of tree nodes that all names together have visited. */
  public long steps() {
    return steps;
  }

  public void put(Pattern pattern, V value) {
    all.put(pattern, value);
    PatternTree<V> place = root;
    for (int i = 0; i < pattern.text().length(); i++) {
      place = place.grow(pattern.text().charAt(i));
    }
    place.value(value);
  }

  public @Nullable V remove(Pattern pattern) {
    V removed = all.remove(pattern);
    if (removed != null) {
      prune(pattern.text());
    }
    return removed;
  }

  private void prune(String text) {
    List<PatternTree<V>> way = new ArrayList<>(text.length());
    PatternTree<V> place = root;
    for (int i = 0; i < text.length() && place != null; i++) {
      way.add(place);
      place = place.next(text.charAt(i));
    }
    if (place != null) {
      place.value(null);
    }
    for (int i = way.size() - 1; i >= 0 && place != null && place.isUnused(); i--) {
      way.get(i).cut(text.charAt(i));
      place = way.get(i);
    }
  }

  public void clear() {
    List.copyOf(all.keySet()).forEach(this::remove);
  }

  public boolean matches(String name) {
    return !all.isEmpty() && anyMatch(name, _ -> true);
  }

  /**
   * Calls the action once with each value whose pattern matches. The action must not use this
   * index.
   */
  public void forEachMatch(String name, Consumer<V> action) {
    var _ =
        anyMatch(
            name,
            value -> {
              action.accept(value);
              return false;
            });
  }

  /**
   * Whether the condition holds for a value whose pattern matches. The condition must not use this
   * index.
   */
  public boolean anyMatch(String name, Predicate<V> condition) {
    walk++;
    stars.clear();
    places.clear();
    places.add(root);
    if (followStars(root, condition)) {
      return true;
    }
    for (int i = 0; i < name.length(); i++) {
      if (places.isEmpty() && stars.isEmpty()) {
        return false;
      }
      if (advance(name.charAt(i), condition)) {
        return true;
      }
    }
    for (int i = 0; i < places.size(); i++) {
      V value = places.get(i).value();
      if (value != null && condition.test(value)) {
        return true;
      }
    }
    return false;
  }

  /** Moves the walk by one character. */
  private boolean advance(char c, Predicate<V> condition) {
    next.clear();
    int staying = stars.size(); // stars that this character leads to wait for the next one
    for (int i = 0; i < places.size(); i++) {
      if (advanceFrom(places.get(i), c, condition)) {
        return true;
      }
    }
    for (int i = 0; i < staying; i++) {
      if (advanceFrom(stars.get(i), c, condition)) {
        return true;
      }
    }
    List<PatternTree<V>> before = places;
    places = next;
    next = before;
    return false;
  }

  private boolean advanceFrom(PatternTree<V> from, char c, Predicate<V> condition) {
    steps++;
    PatternTree<V> place = c == '*' ? null : from.next(c);
    if (place == null) {
      return false;
    }
    next.add(place);
    return followStars(place, condition);
  }

  /**
   * Visits the stars that follow a node. A walk stays at a star, because all characters match it.
   */
  private boolean followStars(PatternTree<V> before, Predicate<V> condition) {
    PatternTree<V> star = before.next('*');
    while (star != null && star.enter(walk)) {
      V value = star.value();
      if (value != null && condition.test(value)) {
        return true;
      }
      if (star.hasNext()) {
        stars.add(star);
      }
      star = star.next('*');
    }
    return false;
  }
}
