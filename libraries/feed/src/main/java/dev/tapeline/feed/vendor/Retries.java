package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between the attempts at one thing, by a vendor's table. The table begins again after an
 * attempt has succeeded, or after data has flowed for a minute. Owned by one thread.
 */
public final class Retries {

  /** For how long data has to flow until the next failure counts as the first. */
  public static final Duration STEADY = Duration.ofMinutes(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final RetryTable table;
  private final RandomGenerator random;
  private int attempts;
  private long aliveSince = NEVER;

  /**
   * Waits by a table.
   *
   * @param random what the jitter of the table comes from; may be shared
   */
  public Retries(RetryTable table, RandomGenerator random) {
    this.table = table;
    this.random = random;
  }

  /**
   * Waits by a table without jitter.
   *
   * @throws IllegalArgumentException if it has some
   */
  public static Retries exact(RetryTable table) {
    if (table.jitter() > 0) {
      throw new IllegalArgumentException("a jitter of %s needs chance".formatted(table.jitter()));
    }
    return new Retries(table, () -> 0);
  }

  /** The wait before the next attempt. */
  public Duration next() {
    Duration wait = table.wait(attempts);
    attempts++;
    aliveSince = NEVER;
    if (table.jitter() == 0) {
      return wait;
    }
    return wait.plusNanos(Math.round(wait.toNanos() * table.jitter() * random.nextDouble()));
  }

  /** How many attempts there have been since the table has begun. */
  public int attempts() {
    return attempts;
  }

  /**
   * Data flows at this time. Once it has done so for {@link #STEADY} since the last attempt, the
   * table begins again.
   *
   * @param millis epoch ms UTC
   */
  public void alive(long millis) {
    if (aliveSince == NEVER || millis < aliveSince) {
      aliveSince = millis;
    } else if (millis - aliveSince >= STEADY.toMillis()) {
      reset();
    }
  }

  /** Begins the table again. */
  public void reset() {
    attempts = 0;
  }
}
