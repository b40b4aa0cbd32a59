package dev.tapeline.feed.replay;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Keeps the lines of a range, whose days are those of UTC. Owned by one thread. */
final class LineFilter {

  private static final long NANOS = 1_000_000_000;

  private final ReplayRange range;
  private ReplayRange.@Nullable Span span;
  private long skipped;

  LineFilter(ReplayRange range) {
    this.range = range;
  }

  /**
   * Says whether a line of this time (ns since 1970) is in the range, and counts it if not. The
   * first line tells the recording's first day.
   */
  boolean keep(long nanos) {
    ReplayRange.Span known = span;
    if (known == null) {
      Instant begin = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
      known = range.in(begin, ZoneOffset.UTC);
      span = known;
    }
    boolean keeps = known.includes(nanos);
    skipped += keeps ? 0 : 1;
    return keeps;
  }

  /** Tells the sink if the range has left out all. */
  void tellIfEmpty(boolean kept, PlaybackSink sink) {
    if (!kept && skipped > 0) {
      sink.onBadLine(0, "none of its %d lines is in the range of from and to".formatted(skipped));
    }
  }
}
