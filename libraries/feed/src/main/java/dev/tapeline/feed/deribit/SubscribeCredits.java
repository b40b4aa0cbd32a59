package dev.tapeline.feed.deribit;

/**
 * The credits that Deribit gives a connection for requests about subscriptions. Owned by the thread
 * of its feed.
 */
final class SubscribeCredits {

  static final int COST = 3000;
  static final int POOL = 30_000;
  static final int REFILL_PER_SECOND = 10_000;

  private static final long MILLIS_PER_SECOND = 1000;

  private long credits = POOL;
  private long refilled;

  /** A new connection has all of them. */
  void reset(long now) {
    credits = POOL;
    refilled = now;
  }

  /** Whether a request may be made at this time; if so, it is paid for. */
  boolean take(long now) {
    if (now > refilled) {
      long more = Math.min(POOL, (now - refilled) * REFILL_PER_SECOND / MILLIS_PER_SECOND);
      credits = Math.min(POOL, credits + more);
    }
    refilled = Math.max(refilled, now);
    if (credits < COST) {
      return false;
    }
    credits -= COST;
    return true;
  }
}
