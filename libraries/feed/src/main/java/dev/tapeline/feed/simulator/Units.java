package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;

/**
 * The steps in which the prices and quantities of an instrument move.
 *
 * @param lot the smallest quantity
 * @param levelStep ticks between two levels of its book
 */
record Units(Instrument instrument, BigDecimal lot, int levelStep) {

  /** The price of this many ticks. */
  BigDecimal price(long ticks) {
    return instrument.tickSize().multiply(BigDecimal.valueOf(ticks));
  }

  /** The quantity of this many lots. */
  BigDecimal quantity(long lots) {
    return lot.multiply(BigDecimal.valueOf(lots));
  }

  /** How many ticks a price is. */
  double ticks(BigDecimal price) {
    return price.divide(instrument.tickSize()).doubleValue();
  }
}
