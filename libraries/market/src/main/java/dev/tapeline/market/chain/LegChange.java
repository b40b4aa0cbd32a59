package dev.tapeline.market.chain;

/**
 * How an option has changed since a snapshot of its chain. What was or is unknown is NaN.
 *
 * @param last of the last price
 * @param openInterest of the open contracts
 * @param volatility of the strike's volatility, as a fraction
 */
public record LegChange(double last, double openInterest, double volatility) {

  /** What the changes of price and open interest say together. */
  public BuildUp buildUp() {
    return BuildUp.of(last, openInterest);
  }
}
