package dev.tapeline.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long publications took from when they were due: a stall of the publisher counts as much as
 * one of the server, so nothing is omitted. Takes those alone that were due within a window. Owned
 * by the subscribers' thread.
 */
final class Latencies {

  private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  /** Counts what is due from the one moment on and before the other, by {@link System#nanoTime}. */
  void open(long fromNanos, long toNanos) {
    from = fromNanos;
    to = toNanos;
  }

  void record(long due, long now) {
    if (due >= from && due < to) {
      micros.recordValue(Math.clamp((now - due) / 1000, 0, MOST_MICROS));
    }
  }

  /** What came out, in milliseconds. */
  Report.Latency summary() {
    return new Report.Latency(
        micros.getTotalCount(), millis(50), millis(99), millis(99.9), micros.getMaxValue() / 1e3);
  }

  private double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
