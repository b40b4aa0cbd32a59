package dev.tapeline.access.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each caller, up to a number of callers: the caller unseen for longest is
 * forgotten first, and begins again with a full bucket. May be used from any thread.
 */
public final class RateLimiter {

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<Object, TokenBucket> buckets;
  private long forgotten;

  /**
   * @param perSecond the rate of callers without one of their own
   * @param burst the burst of callers without a rate of their own
   */
  public RateLimiter(int perSecond, int burst, int maxCallers, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.buckets =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, TokenBucket> eldest) {
            boolean full = size() > maxCallers;
            forgotten += full ? 1 : 0;
            return full;
          }
        };
  }

  /** Takes one token if there is one; otherwise says after how many seconds there will be. */
  public int secondsUntilAllowed(Object caller) {
    return secondsUntilAllowed(caller, perSecond, burst);
  }

  /** The same for a caller with a rate and a burst of its own, which may change between calls. */
  public synchronized int secondsUntilAllowed(Object caller, int ownPerSecond, int ownBurst) {
    long now = nanoTime.getAsLong();
    TokenBucket bucket =
        buckets.computeIfAbsent(caller, any -> new TokenBucket(ownPerSecond, ownBurst, now));
    bucket.retune(ownPerSecond, ownBurst);
    return bucket.take(now) ? 0 : (int) Math.max(1, Math.ceil(bucket.secondsUntilNext()));
  }

  /** The number of callers that were forgotten to make room. */
  public synchronized long forgotten() {
    return forgotten;
  }

  public synchronized int callers() {
    return buckets.size();
  }
}
