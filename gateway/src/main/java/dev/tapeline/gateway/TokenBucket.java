package dev.tapeline.gateway;

/** An allowance that fills at a rate up to a burst. Owned by one thread. */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private final double perNano;
  private final double burst;
  private double tokens;
  private long filledNanos;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perNano = perSecond / NANOS;
    this.burst = burst;
    this.tokens = burst;
    this.filledNanos = nowNanos;
  }

  /** Takes one token if there is one. */
  boolean take(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * perNano);
    filledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
