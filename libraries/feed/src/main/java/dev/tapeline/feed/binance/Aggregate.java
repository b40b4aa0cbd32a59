package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Side;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The trades that one order of a taker made at one price, as Binance adds them up.
 *
 * @param number its own number; {@link #NO_NUMBER} where it is not needed
 * @param first the id of its first trade
 * @param last the id of its last trade
 * @param quantity that of all its trades
 * @param time epoch ms
 */
record Aggregate(
    long number,
    long first,
    long last,
    BigDecimal price,
    BigDecimal quantity,
    long time,
    @Nullable Side aggressor) {

  static final long NO_NUMBER = -1;

  Aggregate {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("trades %d to %d".formatted(first, last));
    }
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("trade %d of quantity %s".formatted(last, quantity));
    }
  }
}
