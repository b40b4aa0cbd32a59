package dev.tapeline.feed.simulator;

/**
 * An option's price by Black's formula of 1976, and how it moves. It uses only operations whose
 * results are exactly specified, so that it is the same on every machine; it is right to about a
 * millionth of the strike.
 *
 * @param forward the price of the underlying for the day of expiry
 * @param years until then, above 0
 * @param discount the value now of 1 then
 */
record OptionTerms(
    double forward, double strike, double volatility, double years, double discount) {

  private static final double DAYS = 365;
  private static final double INTEREST_RATE = 0.065;

  /** What 1 grows to in so many years; 1 after the expiry. */
  static double growth(double years) {
    return StrictMath.exp(INTEREST_RATE * Math.max(0, years));
  }

  double call() {
    double worth = forward * cumulative(d1()) - strike * cumulative(d2());
    return discount * Math.max(worth, Math.max(0, forward - strike));
  }

  /** By the parity of calls and puts. */
  double put() {
    return Math.max(0, call() - discount * (forward - strike));
  }

  double callDelta() {
    return discount * cumulative(d1());
  }

  double putDelta() {
    return callDelta() - discount;
  }

  double gamma() {
    return discount * density(d1()) / (forward * deviation());
  }

  /** For one percent of volatility. */
  double vega() {
    return discount * forward * density(d1()) * Math.sqrt(years) / 100;
  }

  /** A calendar day, without the part of the interest rate. */
  double theta() {
    return -discount * forward * density(d1()) * volatility / (2 * Math.sqrt(years)) / DAYS;
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
