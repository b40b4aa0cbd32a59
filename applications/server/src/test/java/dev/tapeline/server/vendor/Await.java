package dev.tapeline.server.vendor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads do. */
final class Await {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Await() {}

  /**
   * Waits until something holds, at most 30 s.
   *
   * @param seen says what there is instead
   */
  static void until(BooleanSupplier condition, Supplier<?> seen) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 30 s; there is " + seen.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
