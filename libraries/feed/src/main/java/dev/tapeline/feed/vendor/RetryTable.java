package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How long to wait before each of several attempts, as a vendor has it.
 *
 * @param waits one for each attempt; the last one is repeated for ever
 * @param jitter how much longer a wait can be by chance, as a fraction of it: 0.2 gives 100 to 120
 *     %. No wait is ever shorter than the table says, as vendors count attempts
 */
public record RetryTable(List<Duration> waits, double jitter) {

  public RetryTable {
    waits = List.copyOf(waits);
    if (waits.isEmpty() || waits.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("not a table of waits: " + waits);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("a jitter of %s is not in 0 to 1".formatted(jitter));
    }
  }

  /** A table of exact waits in milliseconds. */
  public static RetryTable millis(long... waits) {
    return new RetryTable(LongStream.of(waits).mapToObj(Duration::ofMillis).toList(), 0);
  }

  /** A table of exact waits in seconds. */
  public static RetryTable seconds(long... waits) {
    return new RetryTable(LongStream.of(waits).mapToObj(Duration::ofSeconds).toList(), 0);
  }

  /** Exact waits of which each is twice the one before, up to a longest one. */
  public static RetryTable doubling(Duration first, Duration longest) {
    List<Duration> waits = new ArrayList<>();
    for (Duration wait = first; wait.compareTo(longest) < 0; wait = wait.multipliedBy(2)) {
      waits.add(wait);
    }
    waits.add(longest);
    return new RetryTable(waits, 0);
  }

  /** The same waits, each up to so much longer by chance. */
  public RetryTable withJitter(double fraction) {
    return new RetryTable(waits, fraction);
  }

  /** The wait before an attempt, without chance; attempts count from 0. */
  Duration wait(int attempt) {
    return waits.get(Math.min(attempt, waits.size() - 1));
  }
}
