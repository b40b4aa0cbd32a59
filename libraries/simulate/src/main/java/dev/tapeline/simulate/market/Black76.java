package dev.tapeline.simulate.market;

/**
 * The price of a European option on a forward, and its greeks, at rate 0.
 *
 * @param forward the price of the underlying at expiry
 * @param years to expiry
 * @param volatility a year, as a fraction
 */
record Black76(boolean call, double forward, double strike, double years, double volatility) {

  double price() {
    double value = forward * cdf(sign() * d1()) - strike * cdf(sign() * d2());
    return Math.max(0, sign() * value);
  }

  double delta() {
    return sign() * cdf(sign() * d1());
  }

  double gamma() {
    return pdf(d1()) / (forward * deviation());
  }

  /** For one percent of volatility. */
  double vega() {
    return forward * pdf(d1()) * Math.sqrt(years) / 100;
  }

  /** For a calendar day. */
  double theta() {
    return Math.max(-forward * pdf(d1()) * volatility / (2 * Math.sqrt(years)) / 365, -price());
  }

  /** For one percent of the rate. */
  double rho() {
    return sign() * strike * years * cdf(sign() * d2()) / 100;
  }

  private int sign() {
    return call ? 1 : -1;
  }

  private double deviation() {
    return volatility * Math.sqrt(years);
  }

  private double d1() {
    return Math.log(forward / strike) / deviation() + deviation() / 2;
  }

  private double d2() {
    return d1() - deviation();
  }

  private static double pdf(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The normal distribution, by a rational approximation within 7.5e-8. */
  static double cdf(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double sum =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = pdf(x) * sum;
    return x >= 0 ? 1 - tail : tail;
  }
}
