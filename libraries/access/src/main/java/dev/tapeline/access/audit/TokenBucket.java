package dev.tapeline.access.audit;

/** An allowance that fills at a rate up to a burst. Owned by one thread. */
public final class TokenBucket {

  private static final double NANOS = 1e9;

  private double perNano;
  private double burst;
  private double tokens;
  private long filledNanos;

  public TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perNano = perSecond / NANOS;
    this.burst = burst;
    this.tokens = burst;
    this.filledNanos = nowNanos;
  }

  /** Changes the rate and the burst; the tokens that are there stay, up to the burst. */
  public void retune(double perSecond, double most) {
    perNano = perSecond / NANOS;
    burst = most;
    tokens = Math.min(tokens, most);
  }

  /** Takes one token if there is one. */
  public boolean take(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * perNano);
    filledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** The seconds until there is a token, after one was refused. */
  double secondsUntilNext() {
    return (1 - tokens) / perNano / NANOS;
  }
}
