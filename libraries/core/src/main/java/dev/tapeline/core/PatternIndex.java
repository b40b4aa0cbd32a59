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
 * A map from patterns that finds those that match a name without trying each: all stand in one tree
 * of their characters, which a name walks through once, at all places that it can have come to. So
 * a name costs its length times the beginnings of patterns that it matches; others cost nothing.
 * The walk allocates nothing: it has no iterators. Not for more than one thread at a time.
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

  /** How many places of the tree all names together have been at. */
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

  /** Has each value whose pattern matches, once; the consumer must not come back here. */
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
   * Whether the condition is true of a value whose pattern matches; the condition must not come
   * back here.
   */
  public boolean anyMatch(String name, Predicate<V> condition) {
    walk++;
    stars.clear();
    places.clear();
    places.add(root);
    if (findsAtStars(root, condition)) {
      return true;
    }
    for (int i = 0; i < name.length(); i++) {
      if (places.isEmpty() && stars.isEmpty()) {
        return false;
      }
      if (findsAfter(name.charAt(i), condition)) {
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

  /** Goes on from all places by one character. */
  private boolean findsAfter(char c, Predicate<V> condition) {
    next.clear();
    int staying = stars.size(); // those that this character leads to wait for the one after it
    for (int i = 0; i < places.size(); i++) {
      if (finds(places.get(i), c, condition)) {
        return true;
      }
    }
    for (int i = 0; i < staying; i++) {
      if (finds(stars.get(i), c, condition)) {
        return true;
      }
    }
    List<PatternTree<V>> before = places;
    places = next;
    next = before;
    return false;
  }

  private boolean finds(PatternTree<V> from, char c, Predicate<V> condition) {
    steps++;
    PatternTree<V> place = c == '*' ? null : from.next(c);
    if (place == null) {
      return false;
    }
    next.add(place);
    return findsAtStars(place, condition);
  }

  /** At a star all that may follow in the name is matched, so that the walk stays there. */
  private boolean findsAtStars(PatternTree<V> before, Predicate<V> condition) {
    PatternTree<V> star = before.next('*');
    while (star != null && star.isNewTo(walk)) {
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
