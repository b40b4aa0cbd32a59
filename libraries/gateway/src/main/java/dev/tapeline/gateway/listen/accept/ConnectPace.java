package dev.tapeline.gateway.listen.accept;

import dev.tapeline.access.audit.TokenBucket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Limits the rate of new WebSockets on this node. After a burst, so many a second are admitted.
 * Those beyond are told when to come back, in turn at the same rate. Beyond several times the rate,
 * they are refused by HTTP. May be used from any thread.
 */
public final class ConnectPace {

  /** The seconds' worth of the rate that a burst may have. */
  private static final int BURST_SECONDS = 2;

  /** How many times the rate may be told when to come back: telling costs less than serving. */
  private static final int TOLD = 4;

  private static final long LONGEST_MILLIS = 60_000;

  private final long turnNanos;
  private final TokenBucket admitted;
  private final TokenBucket told;
  private long lastTurnNanos;

  public ConnectPace(int perSecond, long nowNanos) {
    this.turnNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.admitted = new TokenBucket(perSecond, (double) BURST_SECONDS * perSecond, nowNanos);
    this.told = new TokenBucket((double) TOLD * perSecond, (double) TOLD * perSecond, nowNanos);
    this.lastTurnNanos = nowNanos;
  }

  /** The decision on one new WebSocket. */
  public sealed interface Verdict {

    record Admitted() implements Verdict {}

    record ComeLater(long millis) implements Verdict {}

    record Refused(int seconds) implements Verdict {}
  }

  public synchronized Verdict next(long nowNanos) {
    if (admitted.take(nowNanos)) {
      return new Verdict.Admitted();
    }
    long millis = nextTurnMillis(nowNanos);
    return told.take(nowNanos)
        ? new Verdict.ComeLater(millis)
        : new Verdict.Refused((int) Math.ceilDiv(millis, 1000));
  }

  /** The turn of one more client, after all that were told before. */
  private long nextTurnMillis(long nowNanos) {
    long turn = turnNanos + (lastTurnNanos - nowNanos > 0 ? lastTurnNanos : nowNanos);
    long millis = TimeUnit.NANOSECONDS.toMillis(turn - nowNanos);
    if (millis >= LONGEST_MILLIS) {
      return ThreadLocalRandom.current().nextLong(LONGEST_MILLIS / 2, LONGEST_MILLIS);
    }
    lastTurnNanos = turn;
    return Math.max(1, millis);
  }
}
