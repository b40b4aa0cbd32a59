package dev.tapeline.plant.watch;

import dev.tapeline.feed.Detail;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts the channels that want each subject, and remembers which subjects to look at again. Not
 * safe for several threads.
 */
final class Tally<K> {

  private final Map<K, Count> counts = new HashMap<>();
  private final Set<K> changed = new LinkedHashSet<>();

  /** How many channels want a subject, and how many of them its book. */
  private static final class Count {
    private int channels;
    private int books;
  }

  /**
   * Adds to the number of channels that want a subject.
   *
   * @param more a negative number takes away
   * @param book whether they want its book
   */
  void add(K subject, int more, boolean book) {
    Count count = counts.computeIfAbsent(subject, _ -> new Count());
    count.channels += more;
    count.books += book ? more : 0;
    if (count.channels <= 0) {
      counts.remove(subject);
    }
    changed.add(subject);
  }

  /** Has a subject looked at again, if it is wanted. */
  void renew(K subject) {
    if (counts.containsKey(subject)) {
      changed.add(subject);
    }
  }

  /** Has the wanted subjects that meet a condition looked at again. */
  void renewIf(Predicate<K> condition) {
    counts.keySet().stream().filter(condition).forEach(changed::add);
  }

  /** The subjects to look at since the last call, in the order in which they changed. */
  List<WatchChanges.Change<K>> takeChanges() {
    List<WatchChanges.Change<K>> taken =
        changed.stream().map(one -> new WatchChanges.Change<>(one, detail(one))).toList();
    changed.clear();
    return taken;
  }

  private @Nullable Detail detail(K subject) {
    Count count = counts.get(subject);
    if (count == null) {
      return null;
    }
    return count.books > 0 ? Detail.BOOK : Detail.QUOTE;
  }
}
