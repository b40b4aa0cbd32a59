package dev.tapeline.feed.vendor;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One trade, or several that follow one another and were made by one order of a taker at one price.
 *
 * @param first the id of its first trade
 * @param last the id of its last trade; the first one again if there is one trade alone
 * @param quantity that of all its trades
 * @param time epoch ms UTC
 * @param aggressor null where it is not known
 */
public record TradeRange(
    long first,
    long last,
    BigDecimal price,
    BigDecimal quantity,
    long time,
    @Nullable Side aggressor) {

  /**
   * @throws IllegalArgumentException if the ids or the quantity are impossible
   */
  public TradeRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("trades %d to %d".formatted(first, last));
    }
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("trade %d of quantity %s".formatted(last, quantity));
    }
  }

  /**
   * A trade in the place of a part of these.
   *
   * @param id that of the last trade of the part
   * @param part the quantity of the part
   */
  Tick.Trade trade(Instrument instrument, long id, BigDecimal part, long received) {
    return new Tick.Trade(instrument, new Times(time, received), id, price, part, aggressor, null);
  }
}
