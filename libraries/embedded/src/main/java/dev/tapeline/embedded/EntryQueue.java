package dev.tapeline.embedded;

import dev.tapeline.core.ChannelLog.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A queue of log entries with access by index. Not safe for several threads. */
final class EntryQueue {

  private static final int FIRST_CAPACITY = 8;

  private @Nullable Entry[] places = new Entry[FIRST_CAPACITY];
  private int head;
  private int size;

  int size() {
    return size;
  }

  /** The entry at an index; the oldest has index 0. */
  Entry get(int index) {
    Entry entry = index < size ? places[place(index)] : null;
    if (entry == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return entry;
  }

  void add(Entry entry) {
    if (size == places.length) {
      grow();
    }
    places[place(size++)] = entry;
  }

  Entry removeOldest() {
    Entry oldest = get(0);
    places[head] = null;
    head = place(1);
    size--;
    return oldest;
  }

  /**
   * The number of entries that were logged before an instant. The times of entries never decrease.
   */
  int countBefore(long millis) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).millis() < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int place(int index) {
    return (head + index) & (places.length - 1);
  }

  private void grow() {
    @Nullable Entry[] larger = Arrays.copyOf(places, places.length * 2);
    System.arraycopy(places, head, larger, 0, places.length - head);
    System.arraycopy(places, 0, larger, places.length - head, head);
    places = larger;
    head = 0;
  }
}
