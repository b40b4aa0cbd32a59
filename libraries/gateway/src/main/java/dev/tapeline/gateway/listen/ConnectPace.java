package dev.tapeline.gateway.listen;

import dev.tapeline.access.audit.TokenBucket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How fast new WebSockets come in on this node: so many a second are admitted, after a burst; the
 * next ones are told when to come back, one behind the other at the same rate; beyond several times
 * the rate they are refused before they are WebSockets. May be used from any thread.
 */
public final class ConnectPace {

  /** A burst is what the rate gives in this time. */
  private static final int BURST_SECONDS = 2;

  /** How many times as many are told, as telling costs less than serving. */
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

  /** What becomes of one that comes. */
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

  /** When it is the turn of one more: behind all who were told before. */
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
