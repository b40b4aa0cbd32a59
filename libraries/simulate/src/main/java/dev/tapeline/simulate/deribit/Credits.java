package dev.tapeline.simulate.deribit;

import java.util.function.LongSupplier;

/** A pool of credits that refills with time. Owned by the server's loop. */
final class Credits {

  private final DeribitOptions.Pool pool;
  private final LongSupplier nanos;
  private double left;
  private long refilled;

  Credits(DeribitOptions.Pool pool, LongSupplier nanos) {
    this.pool = pool;
    this.nanos = nanos;
    this.left = pool.most();
    this.refilled = nanos.getAsLong();
  }

  /** Takes the cost of a call; whether there was enough. */
  boolean take() {
    long now = nanos.getAsLong();
    left = Math.min(pool.most(), left + (now - refilled) / 1e9 * pool.perSecond());
    refilled = now;
    if (left < pool.cost()) {
      return false;
    }
    left -= pool.cost();
    return true;
  }
}
