package dev.tapeline.gateway.listen;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The time in which a node sends its clients away. Whoever is told to come back is told a time
 * behind its end: before, this node would only send them away again.
 */
public record Drain(long beginNanos, Duration limit) {

  /** One that begins now. */
  public static Drain within(Duration limit) {
    return new Drain(System.nanoTime(), limit);
  }

  /** Within this time clients are closed; the rest is for the last ones to go. */
  public Duration closing() {
    return limit.dividedBy(2);
  }

  /** What a client is told that comes now. */
  Refusal refusal() {
    long left = beginNanos + limit.toNanos() - System.nanoTime();
    long seconds = Math.max(0, Math.ceilDiv(left, TimeUnit.SECONDS.toNanos(1)));
    long spread = Math.max(TimeUnit.SECONDS.toMillis(1), closing().toMillis());
    return new Refusal(
        HttpRefusal.DRAINING,
        TimeUnit.SECONDS.toMillis(seconds + 1) + ThreadLocalRandom.current().nextLong(spread));
  }
}
