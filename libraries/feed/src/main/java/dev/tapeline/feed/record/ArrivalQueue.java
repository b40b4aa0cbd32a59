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
  private List<Arrival> waiting = new ArrayList<>();
  private List<Arrival> kept = new ArrayList<>();
  private long bytes;
  private long lost;
  private long lostFrom;
  private long lostTo;

  ArrivalQueue(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /** What was waiting, in order, and the hole behind it. */
  record Taken(List<Arrival> arrivals, long lost, long lostFrom, long lostTo, List<Arrival> kept) {

    boolean isEmpty() {
      return arrivals.isEmpty() && kept.isEmpty() && lost == 0;
    }
  }

  synchronized void add(Arrival arrival) {
    int size = sizeOf(arrival);
    boolean whole = lost == 0 && kept.isEmpty();
    if (whole && waiting.size() < maxCount && bytes + size <= maxBytes) {
      waiting.add(arrival);
      bytes += size;
    } else {
      lose(arrival);
    }
  }

  private void lose(Arrival arrival) {
    if (Entry.isControl(arrival) && kept.size() < MAX_KEPT) {
      kept.add(arrival);
      return;
    }
    lostFrom = lost == 0 ? arrival.received() : lostFrom;
    lostTo = arrival.received();
    lost++;
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
    before.arrivals().clear();
    before.kept().clear();
    return swap(before.arrivals(), before.kept());
  }

  private synchronized Taken swap(List<Arrival> empty, List<Arrival> emptyToo) {
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
