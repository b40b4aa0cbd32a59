package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.option.Greeks;

/**
 * What the call and the put of a strike are priced by, and their figures in the units that vendors
 * state them in.
 *
 * @param forward the price of the underlying for the day of expiry, above 0
 * @param strike in the same unit, above 0
 * @param volatility a year, as a fraction, above 0
 * @param years until expiry, above 0
 * @param rate of interest a year, compounded continuously
 */
public record OptionTerms(
    double forward, double strike, double volatility, double years, double rate) {

  private static final double DAYS = 365;

  /** The worth now, in the unit of the forward. */
  public double price(Right right) {
    return option(right).price(volatility);
  }

  /** For 1 of the forward. */
  public double delta(Right right) {
    return greeks(right).delta();
  }

  /** The change of delta for 1 of the forward, of both rights. */
  public double gamma() {
    return greeks(Right.CALL).gamma();
  }

  /** For one percent of volatility, of both rights. */
  public double vega() {
    return greeks(Right.CALL).vega() / 100;
  }

  /** For a calendar day, without the part of the interest rate, of both rights. */
  public double theta() {
    return (greeks(Right.CALL).theta() - rate * price(Right.CALL)) / DAYS;
  }

  /** For one percent of the rate at which the forward grows from the present price. */
  public double rho(Right right) {
    return years * (forward * delta(right) - price(right)) / 100;
  }

  private Greeks greeks(Right right) {
    return option(right).greeks(volatility);
  }

  private Black76 option(Right right) {
    return new Black76(right, forward, strike, years, rate);
  }
}
