package dev.tapeline.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller, of at most a number of callers: the one longest unseen is
 * forgotten first, and so begins anew with a full bucket. May be used from any thread.
 */
public final class RateLimiter {

  private final double perNano;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<Object, Bucket> buckets;
  private long forgotten;

  public RateLimiter(int perSecond, int burst, int maxCallers, LongSupplier nanoTime) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.buckets =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            boolean full = size() > maxCallers;
            forgotten += full ? 1 : 0;
            return full;
          }
        };
  }

  /** What is left for one caller, and when it was counted. */
  private static final class Bucket {
    double tokens;
    long at;
  }

  /** Takes one token if there is one; otherwise says after how many seconds there will be. */
  public synchronized int secondsUntilAllowed(Object caller) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(caller, any -> full(now));
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perNano);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return 0;
    }
    return (int) Math.max(1, Math.ceil((1 - bucket.tokens) / perNano / 1e9));
  }

  private Bucket full(long now) {
    Bucket bucket = new Bucket();
    bucket.tokens = burst;
    bucket.at = now;
    return bucket;
  }

  /** How many callers were forgotten for want of room. */
  public synchronized long forgotten() {
    return forgotten;
  }

  public synchronized int callers() {
    return buckets.size();
  }
}
