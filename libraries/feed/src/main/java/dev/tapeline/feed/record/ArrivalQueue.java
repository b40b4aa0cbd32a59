package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import java.util.ArrayList;
import java.util.List;

/**
 * The arrivals that wait to be written, up to a number and a number of bytes. When it is full, all
 * arrivals until the next {@link #take} are counted as one hole; of those, the ones that a
 * conversation can't be continued without are kept and follow the hole. Between two threads: the
 * feed's adds, the recorder's takes, and neither holds the lock for more than a step.
 */
final class ArrivalQueue {

  private static final int MAX_KEPT = 1_000;

  /** What an arrival takes beside its payload, about. */
  private static final int OVERHEAD = 64;

  private final int maxCount;
  private final long maxBytes;
  private List<Entry> waiting = new ArrayList<>();
  private List<Entry> kept = new ArrayList<>();
  private long bytes;
  private long lost;
  private long lostFrom;
  private long lostTo;

  ArrivalQueue(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /** What was waiting, in order, and the hole behind it. */
  record Taken(List<Entry> entries, long lost, long lostFrom, long lostTo, List<Entry> kept) {

    boolean isEmpty() {
      return entries.isEmpty() && kept.isEmpty() && lost == 0;
    }
  }

  void add(Arrival arrival) {
    add(new Entry.Arrived(arrival));
  }

  synchronized void add(Entry entry) {
    int size = sizeOf(entry);
    boolean whole = lost == 0 && kept.isEmpty();
    if (whole && waiting.size() < maxCount && bytes + size <= maxBytes) {
      waiting.add(entry);
      bytes += size;
    } else {
      lose(entry);
    }
  }

  private void lose(Entry entry) {
    if (entry.isControl() && kept.size() < MAX_KEPT) {
      kept.add(entry);
      return;
    }
    lostFrom = lost == 0 ? entry.received() : lostFrom;
    lostTo = entry.received();
    lost++;
  }

  private static int sizeOf(Entry entry) {
    return switch (entry) {
      case Entry.Arrived(Arrival arrival) -> sizeOf(arrival);
      case Entry.Begun _, Entry.Lost _ -> OVERHEAD;
    };
  }

  static int sizeOf(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Frame frame -> OVERHEAD + frame.payload().length;
      case Arrival.Answer answer -> OVERHEAD + answer.body().length;
      case Arrival.Watch _,
          Arrival.Time _,
          Arrival.Opened _,
          Arrival.Pinged _,
          Arrival.Ended _,
          Arrival.Unanswered _ ->
          OVERHEAD;
    };
  }

  /** Takes all; the lists of the answer before are used again. */
  Taken take(Taken before) {
    before.entries().clear();
    before.kept().clear();
    return swap(before.entries(), before.kept());
  }

  private synchronized Taken swap(List<Entry> empty, List<Entry> emptyToo) {
    Taken taken = new Taken(waiting, lost, lostFrom, lostTo, kept);
    waiting = empty;
    kept = emptyToo;
    bytes = 0;
    lost = 0;
    return taken;
  }

  /** An answer to give to the first {@link #take}. */
  static Taken none() {
    return new Taken(new ArrayList<>(), 0, 0, 0, new ArrayList<>());
  }
}
