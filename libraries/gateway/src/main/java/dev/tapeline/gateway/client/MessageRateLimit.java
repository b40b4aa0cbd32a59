package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.TokenBucket;
import dev.tapeline.access.policy.Role;
import org.jspecify.annotations.Nullable;

/** Limits how many messages one client may send, by its role. Owned by its lane. */
public final class MessageRateLimit {

  private final int generalRate;
  private final int generalBurst;
  private int ratePerSecond;
  private int burst;
  private @Nullable TokenBucket bucket;

  /**
   * @param generalRate a second, of roles without a rate of their own
   * @param generalBurst how many at once, of roles without one of their own
   */
  public MessageRateLimit(int generalRate, int generalBurst) {
    this.generalRate = generalRate;
    this.generalBurst = generalBurst;
    this.ratePerSecond = generalRate;
    this.burst = generalBurst;
  }

  /** Sets the limits of the client's role. What the client has used up stays used up. */
  void become(Role.Limits limits) {
    ratePerSecond = limits.rate().orElse(generalRate);
    burst = limits.burstAt(ratePerSecond, generalBurst);
    if (bucket != null) {
      bucket.retune(ratePerSecond, burst);
    }
  }

  int ratePerSecond() {
    return ratePerSecond;
  }

  /** Whether the client may send one more now, which is counted. */
  boolean take(long nowNanos) {
    if (bucket == null) {
      bucket = new TokenBucket(ratePerSecond, burst, nowNanos);
    }
    return bucket.take(nowNanos);
  }
}
