package dev.tapeline.feed.replay;

import dev.tapeline.market.tick.TickListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Holds a replay to its pace, and ends its batches: when nothing more is due, and after so many
 * frames. Owned by the replay's thread.
 */
final class Pacer {

  /**
   * The most frames that are passed on together when they are due at the same time: few compared
   * with a ring.
   */
  private static final int MAX_BATCH = 32;

  /** How long time may stand still while the next frame is awaited. */
  private static final long LONGEST_WAIT = RecordedTime.STEP_MILLIS * 1_000_000;

  private final TickListener ticks;
  private final ReplayGate gate;
  private final Pace pace;
  private final CountDownLatch closing;
  private final Schedule schedule;
  private int batch;

  Pacer(TickListener ticks, ReplayGate gate, Pace pace, CountDownLatch closing) {
    this.ticks = ticks;
    this.gate = gate;
    this.pace = pace;
    this.closing = closing;
    this.schedule = new Schedule(pace, System.nanoTime());
  }

  void startOver() {
    schedule.startOver();
  }

  boolean isJump(long nanos) {
    return schedule.isJump(nanos);
  }

  boolean goesOn() {
    return closing.getCount() > 0;
  }

  /**
   * Waits until what was recorded at a time (ns since 1970) is due.
   *
   * @param meanwhile is told the recorded time that is reached while nothing is due
   */
  void awaitDue(long nanos, LongConsumer meanwhile) throws InterruptedException {
    if (batch >= MAX_BATCH) {
      endBatch();
    }
    long due = schedule.due(nanos);
    if (!pace.isMax()) {
      awaitTime(due, nanos, meanwhile);
    } else if (batch == 0) {
      gate.awaitRoom();
    }
  }

  private void awaitTime(long due, long nanos, LongConsumer meanwhile) throws InterruptedException {
    long now = System.nanoTime();
    while (now < due && goesOn()) {
      if (batch > 0) {
        endBatch();
      }
      boolean _ = closing.await(Math.min(due - now, LONGEST_WAIT), TimeUnit.NANOSECONDS);
      now = System.nanoTime();
      meanwhile.accept(Math.min(nanos, schedule.reached(now)));
    }
  }

  /** So many frames were passed on. */
  void passed(long frames) {
    batch += (int) frames;
  }

  /** Passes on what is due by now. */
  void endBatch() {
    batch = 0;
    ticks.onBatchEnd();
  }
}
