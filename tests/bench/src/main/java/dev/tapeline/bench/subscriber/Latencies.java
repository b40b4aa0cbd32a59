package dev.tapeline.bench.subscriber;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The latencies of publications, from the time when they were due: a stall of the publisher counts
 * as much as a stall of the server, so nothing is omitted. Only publications that were due within a
 * window count. Owned by the subscribers' thread once that runs.
 */
public final class Latencies {

  private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final List<Window> windows = new ArrayList<>(1);

  /**
   * The latencies of what was due from one moment until before another, by {@link System#nanoTime}.
   */
  private record Window(long from, long to, Histogram micros) {}

  /**
   * Opens a window for what is due from one moment until before the other, or until before the next
   * window.
   */
  public void open(long fromNanos, long toNanos) {
    windows.addFirst(new Window(fromNanos, toNanos, new Histogram(MOST_MICROS, 3)));
  }

  void record(long due, long now) {
    for (Window window : windows) {
      if (due >= window.from) {
        if (due < window.to) {
          window.micros.recordValue(Math.clamp((now - due) / 1000, 0, MOST_MICROS));
        }
        return;
      }
    }
  }

  /** The latencies of the last window, in milliseconds. */
  public LatencySummary summary() {
    return LatencySummary.of(windows.getFirst().micros);
  }

  /** The latencies of each window, in order. */
  public List<LatencySummary> summaries() {
    return windows.reversed().stream().map(window -> LatencySummary.of(window.micros)).toList();
  }
}
