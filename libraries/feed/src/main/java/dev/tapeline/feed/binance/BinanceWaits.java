package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.RetryTable;
import java.time.Duration;

/** The waits between attempts to connect to Binance, and to call it. */
final class BinanceWaits {

  /** After a connection was lost, or a call was of no use. */
  static final RetryTable USUAL = RetryTable.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** After HTTP 429, to a handshake or to a call. */
  static final RetryTable TOO_MANY = RetryTable.seconds(60, 120, 300);

  private BinanceWaits() {}
}
