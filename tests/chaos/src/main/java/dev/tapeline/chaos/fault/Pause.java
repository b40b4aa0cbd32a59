package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, and for the time of a schedule. */
public final class Pause {

  private static final long LOOK_AGAIN_MILLIS = 10;

  private Pause() {}

  public static void millis(long millis) {
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted", e);
    }
  }

  /** Waits for a condition, and fails if it is not met within the limit. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    if (!became(limit, condition)) {
      throw new ChaosException("not within " + limit.toSeconds() + " s: " + what);
    }
  }

  /** Waits for a condition; returns whether it was met within the limit. */
  public static boolean became(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      millis(LOOK_AGAIN_MILLIS);
    }
    return true;
  }
}
