package dev.tapeline.market.volatility;

import java.util.List;

/**
 * The volatility of the next 30 days that the options on one underlying imply.
 *
 * @param underlying its symbol
 * @param time when it was computed, epoch ms UTC on the market's clock
 * @param method whose rules {@code vix} follows
 * @param cm30 the volatility at the money
 * @param vix the volatility by the prices of all strikes
 * @param expiries how many expiries {@code cm30} was made of
 * @param strikes how many strikes {@code vix} was made of
 * @param terms the two expiries of {@code vix}, the sooner one first; none where there are not two
 */
public record VolatilityReading(
    String underlying,
    long time,
    IndexMethod method,
    IndexFigure cm30,
    IndexFigure vix,
    int expiries,
    int strikes,
    List<IndexTerm> terms) {

  public VolatilityReading {
    terms = List.copyOf(terms);
  }
}
