package dev.tapeline.plant.supply;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The failures of a source in a row, and the pauses after them: a second after the first, twice as
 * long after each further one, at most a minute, and each shortened by up to a half by chance. A
 * run of a minute ends the row. Owned by one thread.
 */
final class FailureStreak {

  static final long FIRST_PAUSE_MILLIS = 1_000;
  static final long LONGEST_PAUSE_MILLIS = 60_000;
  static final long PROVEN_NANOS = Duration.ofMinutes(1).toNanos();

  private static final int MAX_DOUBLINGS = 6;

  private final DoubleSupplier chance;
  private int failures;
  private long beginNanos;
  private String last = "";

  /**
   * @param chance gives numbers from 0 to 1
   */
  FailureStreak(DoubleSupplier chance) {
    this.chance = chance;
  }

  /** Notes that a run begins. */
  void begin(long nanos) {
    beginNanos = nanos;
  }

  /**
   * Notes a failure.
   *
   * @param what the failure in words
   * @return whether it is another one than the last of the row
   */
  boolean add(String what, long nanos) {
    if (nanos - beginNanos >= PROVEN_NANOS) {
      failures = 0;
      last = "";
    }
    failures++;
    boolean isNew = !what.equals(last);
    last = what;
    return isNew;
  }

  /** Draws the length of the pause after the last failure. */
  long drawPauseMillis() {
    long doubled = FIRST_PAUSE_MILLIS << Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    long longest = Math.min(LONGEST_PAUSE_MILLIS, doubled);
    return longest - Math.round(longest / 2.0 * chance.getAsDouble());
  }
}
