package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Tick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The newest changes of a book, which join one another: what a snapshot is completed with. Owned by
 * the thread of its feed.
 */
final class ChangeBuffer {

  /** Five minutes of changes ten times a second: snapshots can be half a minute old. */
  static final int MAX_CHANGES = 3000;

  private final Deque<Tick.Depth> changes = new ArrayDeque<>();
  private long dropped;

  /** Adds a change; what is before it goes if something was missed between. */
  void add(Tick.Depth change) {
    Tick.Depth newest = changes.peekLast();
    if (newest != null && change.lastId() <= newest.lastId()) {
      return; // seen on another connection
    }
    if (newest != null && change.firstId() > newest.lastId() + 1) {
      changes.clear();
    }
    if (changes.size() == MAX_CHANGES) {
      changes.removeFirst();
      dropped++;
    }
    changes.addLast(change);
  }

  /** The number of the last change before this buffer; {@code otherwise} if it is empty. */
  long base(long otherwise) {
    Tick.Depth oldest = changes.peekFirst();
    return oldest == null ? otherwise : oldest.firstId() - 1;
  }

  void forEach(Consumer<Tick.Depth> action) {
    changes.forEach(action);
  }

  void clear() {
    changes.clear();
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** How many changes had no room. */
  long dropped() {
    return dropped;
  }
}
