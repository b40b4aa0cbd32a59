package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.RetryTable;

/** The waits between attempts to connect to Deribit, and to call it. */
final class DeribitWaits {

  private static final double JITTER = 0.2;

  /** After a connection was lost. */
  static final RetryTable BROKEN = RetryTable.seconds(1, 2, 5, 10, 30, 60).withJitter(JITTER);

  /** After HTTP 429 to a call. */
  static final RetryTable TOO_MANY = RetryTable.seconds(10, 30, 60);

  private DeribitWaits() {}
}
