package dev.tapeline.bench.subscriber;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The return of the subscribers that left. Each is back once it has everything published before the
 * return began, or was told that it can't have it. Owned by the subscribers' thread.
 */
public final class Comeback {

  private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private final Queue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::nanos));
  private long[] goals = {};
  private long begun;
  private long recovered;
  private long refused;
  private long postponed;
  private long away;

  /** A task and the time when it is due. */
  private record Later(long nanos, Runnable task) {}

  /**
   * The outcome of the return.
   *
   * @param recovered subscribers that got everything they had missed
   * @param refused subscribers that were told that this is not possible
   * @param postponed how often a subscriber was told to ask again later
   * @param away subscribers that never came back
   * @param millis from the beginning until a subscriber had everything published before it
   */
  public record Return(
      long recovered, long refused, long postponed, long away, LatencySummary millis) {}

  /**
   * Begins the return.
   *
   * @param publishedByChannel the publisher's counts at that moment
   */
  void begin(long nanos, long[] publishedByChannel, long subscribers) {
    begun = nanos;
    goals = publishedByChannel;
    away = subscribers;
  }

  /** Whether a subscriber with the publications up to this count has everything that it missed. */
  boolean isReached(int channel, long count) {
    return count >= goals[channel];
  }

  void onRecovered() {
    recovered++;
  }

  void onRefused(long nanos) {
    refused++;
    onBack(nanos);
  }

  void onBack(long nanos) {
    away--;
    micros.recordValue(Math.clamp((nanos - begun) / 1000, 0, MOST_MICROS));
  }

  /** Schedules the next attempt of a subscriber that was told to ask again. */
  void postpone(long nanos, long afterMillis, Runnable task) {
    postponed++;
    later.add(new Later(nanos + TimeUnit.MILLISECONDS.toNanos(afterMillis), task));
  }

  /** Runs the tasks that are due. */
  void runDue(long nanos) {
    for (Later next = later.peek(); next != null && next.nanos <= nanos; next = later.peek()) {
      later.remove();
      next.task.run();
    }
  }

  long away() {
    return away;
  }

  /** The outcome so far, counted from the beginning. */
  Return summary() {
    return new Return(recovered, refused, postponed, away, LatencySummary.of(micros));
  }
}
