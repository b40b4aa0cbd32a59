package dev.tapeline.server.backfill;

/**
 * A span of time, epoch ms UTC.
 *
 * @param from the first millisecond
 * @param to the first millisecond after it
 */
record FillSpan(long from, long to) {

  boolean isEmpty() {
    return from >= to;
  }

  boolean overlaps(FillSpan other) {
    return from < other.to && other.from < to;
  }

  /** The part of it that lies in another one; may be empty. */
  FillSpan within(FillSpan other) {
    return new FillSpan(Math.max(from, other.from), Math.min(to, other.to));
  }
}
