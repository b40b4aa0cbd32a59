package dev.tapeline.market.option;

import dev.tapeline.market.instrument.Instrument.Right;

/**
 * The price of a European option by Black's formula of 1976, and how it moves. It uses only
 * operations whose results are exactly specified, so that it is the same on every machine; it is
 * right to about a millionth of the strike.
 *
 * <p>{@code price = discount (F N(d1) - K N(d2))} for a call, where {@code d1 = ln(F / K) / s + s /
 * 2}, {@code d2 = d1 - s}, and {@code s = volatility √years}; a put has the parity of calls and
 * puts.
 *
 * @param forward the price of the underlying for the day of expiry, above 0
 * @param strike in the same unit, above 0
 * @param volatility a year, as a fraction, above 0
 * @param years until expiry, above 0
 * @param discount the value now of 1 then
 */
public record Black76(
    double forward, double strike, double volatility, double years, double discount) {

  private static final double DAYS = 365;

  /** The worth now, in the unit of the forward. */
  public double price(Right right) {
    return switch (right) {
      case CALL -> call();
      case PUT -> Math.max(0, call() - discount * (forward - strike));
    };
  }

  private double call() {
    double worth = forward * cumulative(d1()) - strike * cumulative(d2());
    return discount * Math.max(worth, Math.max(0, forward - strike));
  }

  /** For 1 of the forward. */
  public double delta(Right right) {
    double call = discount * cumulative(d1());
    return switch (right) {
      case CALL -> call;
      case PUT -> call - discount;
    };
  }

  /** The change of delta for 1 of the forward. */
  public double gamma() {
    return discount * density(d1()) / (forward * deviation());
  }

  /** For one percent of volatility. */
  public double vega() {
    return discount * forward * density(d1()) * Math.sqrt(years) / 100;
  }

  /** For a calendar day, without the part of the interest rate. */
  public double theta() {
    return -discount * forward * density(d1()) * volatility / (2 * Math.sqrt(years)) / DAYS;
  }

  /** For one percent of the rate at which the forward grows from the present price. */
  public double rho(Right right) {
    double exercised = cumulative(d2());
    double part = right == Right.CALL ? exercised : exercised - 1;
    return discount * strike * years * part / 100;
  }

  private double d1() {
    return StrictMath.log(forward / strike) / deviation() + deviation() / 2;
  }

  private double d2() {
    return d1() - deviation();
  }

  private double deviation() {
    return volatility * Math.sqrt(years);
  }

  private static double density(double x) {
    return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The normal distribution, by the approximation 26.2.17 of Abramowitz and Stegun. */
  private static double cumulative(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double sum =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = density(x) * sum;
    return x < 0 ? tail : 1 - tail;
  }
}
