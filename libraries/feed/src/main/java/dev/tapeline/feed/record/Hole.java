package dev.tapeline.feed.record;

/** The hole that is to be marked in a recording next. Owned by the recorder's thread. */
final class Hole {

  private long count;
  private boolean timed;
  private long from;
  private long to;

  boolean isThere() {
    return count > 0 && timed;
  }

  void grow(long more, long begin, long end) {
    from = timed ? from : begin;
    to = end;
    timed = true;
    count += more;
  }

  /** Adds arrivals from before the hole, whose times are not known any more. */
  void add(long more) {
    count += more;
  }

  Entry.Lost entry() {
    return new Entry.Lost(count, from, to);
  }

  void clear() {
    count = 0;
    timed = false;
  }
}
