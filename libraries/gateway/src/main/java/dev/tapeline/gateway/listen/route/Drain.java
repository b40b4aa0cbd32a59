package dev.tapeline.gateway.listen.route;

import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.answer.Refusal;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The period in which a node sends its clients away. A client is told to come back after its end:
 * before, this node would only send it away again.
 */
public record Drain(long beginNanos, Duration limit) {

  /** A period that begins now. */
  public static Drain within(Duration limit) {
    return new Drain(System.nanoTime(), limit);
  }

  /** The time over which clients are closed; in the rest the last ones go. */
  public Duration closing() {
    return limit.dividedBy(2);
  }

  /** The refusal for a client that comes now. */
  Refusal refusal() {
    long left = beginNanos + limit.toNanos() - System.nanoTime();
    long seconds = Math.max(0, Math.ceilDiv(left, TimeUnit.SECONDS.toNanos(1)));
    long spread = Math.max(TimeUnit.SECONDS.toMillis(1), closing().toMillis());
    return new Refusal(
        HttpRefusal.DRAINING,
        TimeUnit.SECONDS.toMillis(seconds + 1) + ThreadLocalRandom.current().nextLong(spread));
  }
}
