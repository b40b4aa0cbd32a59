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
   * @param generalRate messages a second, for roles without a rate of their own
   * @param generalBurst messages at once, for roles without a burst of their own
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

  /** Counts one more message; false if the client may not send it now. */
  boolean take(long nowNanos) {
    if (bucket == null) {
      bucket = new TokenBucket(ratePerSecond, burst, nowNanos);
    }
    return bucket.take(nowNanos);
  }
}
