package dev.tapeline.bench.host;

import dev.tapeline.bench.cli.BenchException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a time, or for a condition that must be polled. Used by all threads. */
public final class Waiting {

  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(1);

  private Waiting() {}

  public static void pause(Duration time) throws InterruptedException {
    boolean _ = NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits until the condition is met, up to a limit.
   *
   * @param look how long to wait before looking again
   * @return whether it is met
   */
  public static boolean until(BooleanSupplier condition, Duration limit, Duration look)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    boolean met = condition.getAsBoolean();
    while (!met && System.nanoTime() - end < 0) {
      pause(look);
      met = condition.getAsBoolean();
    }
    return met;
  }

  /**
   * Waits until the condition is met, for 30 s at most.
   *
   * @throws BenchException with this message if it is not met by then
   */
  public static void await(BooleanSupplier condition, String otherwise)
      throws InterruptedException {
    if (!until(condition, PATIENCE, LOOK)) {
      throw new BenchException(otherwise);
    }
  }
}
