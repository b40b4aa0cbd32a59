package dev.tapeline.feed.replay;

/**
 * The times at which the lines of a recording are due. They are counted from an anchor, not from
 * the line before, so that errors don't add up and a late replay catches up. Owned by the replay's
 * thread.
 *
 * <p>A jump of the recorded time by over an hour, ahead or back, sets a new anchor: the line is due
 * with the one before. So a wrong time neither stops the replay nor makes it race, and the night
 * between two recorded days is skipped.
 */
final class Schedule {

  private static final long MAX_STEP = 3600L * 1_000_000_000;
  private static final long PAUSE = 1_000_000_000;

  private final Pace pace;
  private boolean anchored;
  private long anchorRecorded;
  private long anchorDue;
  private long lastRecorded;
  private long lastDue;

  /**
   * @param start when the first line is due, by {@link System#nanoTime}
   */
  Schedule(Pace pace, long start) {
    this.pace = pace;
    this.lastDue = start;
  }

  /**
   * The next line is the first one of another pass, and is due a recorded second after the last
   * one.
   */
  void startOver() {
    anchored = false;
    lastDue += (long) (PAUSE / pace.times());
  }

  /** Whether the time of a line can't follow the one before. */
  boolean isJump(long recorded) {
    long step = recorded - lastRecorded;
    return anchored && Math.abs(step) > MAX_STEP;
  }

  /** When a line recorded at that time (ns) is due, by {@link System#nanoTime}. */
  long due(long recorded) {
    if (!anchored || isJump(recorded)) {
      anchored = true;
      anchorRecorded = recorded;
      anchorDue = lastDue;
    }
    lastRecorded = recorded;
    lastDue = anchorDue + (long) ((recorded - anchorRecorded) / pace.times());
    return lastDue;
  }

  /** The recorded time (ns) that the replay has reached at a time of {@link System#nanoTime}. */
  long reached(long now) {
    return anchorRecorded + (long) ((now - anchorDue) * pace.times());
  }
}
