package dev.tapeline.feed.replay;

import dev.tapeline.market.tick.TickListener;

/**
 * The time of a recording, told to a listener in steps. Each step between two frames is told, with
 * or without a frame in it, so that what the listener makes of time does not depend on the pace of
 * the replay. Owned by the replay's thread.
 */
final class RecordedTime {

  static final long STEP_MILLIS = 50;

  private static final long NANOS = 1_000_000;

  private final TickListener listener;
  private boolean begun;
  private long step;

  RecordedTime(TickListener listener) {
    this.listener = listener;
  }

  /** The next time is told without the steps from here to there. */
  void startOver() {
    begun = false;
  }

  /**
   * Tells all steps up to that of a frame, recorded at that time (ns since 1970). A time before the
   * last one is told as it is.
   */
  void reach(long nanos) {
    long to = stepOf(nanos);
    if (!begun || to < step) {
      begun = true;
      tell(to);
    }
    pass(nanos);
  }

  /** Tells the steps up to a time without a frame. */
  void pass(long nanos) {
    long to = stepOf(nanos);
    while (begun && step < to) {
      tell(step + 1);
    }
  }

  private static long stepOf(long nanos) {
    return Math.floorDiv(nanos, STEP_MILLIS * NANOS);
  }

  /** Tells the step that ends the one with the last frame. */
  void end() {
    if (begun) {
      tell(step + 1);
    }
  }

  private void tell(long next) {
    step = next;
    listener.onTime(next * STEP_MILLIS);
  }
}
