package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long to wait before each try to connect again: a table of delays, the last of which is
 * repeated for ever, each a little longer or shorter by chance. The table begins again after data
 * has flowed for a minute. Owned by one thread.
 */
public final class Retries {

  /** For how long data has to flow until the next failure counts as the first. */
  public static final Duration STEADY = Duration.ofMinutes(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final List<Duration> table;
  private final double jitter;
  private final RandomGenerator random;
  private int tries;
  private long aliveSince = NEVER;

  /**
   * @param jitter the greatest change of a delay, as a fraction of it; 0.2 gives 80 to 120 %
   */
  public Retries(List<Duration> table, double jitter, RandomGenerator random) {
    if (table.isEmpty() || table.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("not a table of delays: " + table);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("a jitter of %s is not in 0 to 1".formatted(jitter));
    }
    this.table = List.copyOf(table);
    this.jitter = jitter;
    this.random = random;
  }

  /** The delay before the next try. */
  public Duration next() {
    Duration delay = table.get(Math.min(tries, table.size() - 1));
    tries++;
    aliveSince = NEVER;
    double change = jitter * (2 * random.nextDouble() - 1);
    return delay.plusNanos(Math.round(delay.toNanos() * change));
  }

  /**
   * Data flows at this time. Once it has done so for {@link #STEADY} since the last try, the table
   * begins again.
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
    tries = 0;
  }
}
