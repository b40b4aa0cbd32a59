package dev.tapeline.feed.dhan;

import dev.tapeline.feed.vendor.RetryTable;

/** The waits between attempts to connect to Dhan. */
final class DhanWaits {

  private static final double JITTER = 0.2;

  /** After a reset or an end without a reason. */
  static final RetryTable BROKEN =
      RetryTable.millis(200, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000).withJitter(JITTER);

  /** After HTTP 429 to a handshake, which lasts minutes and gets worse by asking. */
  static final RetryTable REFUSED = RetryTable.seconds(60, 120, 300).withJitter(JITTER);

  /** After the vendor has thrown a connection out for another one of the account. */
  static final RetryTable CROWDED = RetryTable.seconds(30, 60, 120, 300).withJitter(JITTER);

  private DhanWaits() {}
}
