package dev.tapeline.market.chain;

import dev.tapeline.market.instrument.Instrument.Right;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A strike of a chain, with its call and its put. A live view, read on the market's thread. */
public interface ChainStrike {

  BigDecimal strike();

  /** The strike as a number. */
  double value();

  /** The call; null if it is not listed, or not seen yet. */
  @Nullable ChainLeg call();

  /** The put; null if it is not listed, or not seen yet. */
  @Nullable ChainLeg put();

  /**
   * The volatility of the strike: that of the option out of the money, or of the other one where
   * that has none.
   */
  LegVolatility volatility();

  /** The option that the volatility comes from; null if there is none. */
  @Nullable Right volatilityFrom();

  /** The call's price less the put's, where both are firm; NaN otherwise. */
  double parity();
}
