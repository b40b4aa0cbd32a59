package dev.tapeline.market.option;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.ImpliedVolatility.Absent;

/**
 * A European option on a forward, by F. Black, "The pricing of commodity contracts" (1976). Prices
 * are those of today: discounted by the rate.
 *
 * @param years the time that is left
 * @param rate a year, compounded continuously; 0 for an option that is margined like a future
 */
public record Black76(Right right, double forward, double strike, double years, double rate) {

  /** What one unit at the expiry is worth today. */
  public double discount() {
    return StrictMath.exp(-rate * years);
  }

  /** The price under a volatility a year; that of exercise if volatility or time is 0. */
  public double price(double volatility) {
    double s = deviation(volatility);
    double time = s > 0 ? root() * NormalisedBlack.price(-Math.abs(moneyness()), s) : 0;
    return discount() * (intrinsic() + time);
  }

  /** The volatility a year under which this is the price. */
  public ImpliedVolatility implied(double price) {
    if (!isPrice(forward) || !isPrice(strike)) {
      return Absent.NO_FORWARD;
    }
    if (!(years > 0)) {
      return Absent.NO_TIME;
    }
    if (!(price > 0)) {
      return Absent.NO_PRICE;
    }
    double later = price / discount();
    double time = later - intrinsic();
    if (time < 0) {
      return Absent.BELOW_INTRINSIC;
    }
    double x = -Math.abs(moneyness());
    double normalised = time / root();
    if (later >= maximum() || normalised >= NormalisedBlack.limit(x)) {
      return Absent.ABOVE_MAXIMUM;
    }
    double s = normalised == 0 ? 0 : ImpliedDeviation.of(x, normalised);
    return new ImpliedVolatility.Found(s / Math.sqrt(years));
  }

  /** The greeks under a volatility a year, which is above 0, as the time is. */
  public Greeks greeks(double volatility) {
    double s = deviation(volatility);
    double d1 = moneyness() / s + s / 2;
    double d2 = d1 - s;
    double time = Math.sqrt(years);
    double density = discount() * Normal.density(d1);
    double vega = forward * density * time;
    double price = price(volatility);
    return new Greeks(
        sign() * discount() * Normal.cumulative(sign() * d1),
        density / (forward * s),
        rate * price - vega * volatility / (2 * years),
        vega,
        -years * price,
        -density * d2 / volatility,
        vega * d1 * d2 / volatility);
  }

  private static boolean isPrice(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private double deviation(double volatility) {
    return volatility * Math.sqrt(years);
  }

  private double intrinsic() {
    return Math.max(0, sign() * (forward - strike));
  }

  private double maximum() {
    return right == Right.CALL ? forward : strike;
  }

  private int sign() {
    return right == Right.CALL ? 1 : -1;
  }

  /** Two roots, as the product may be too large for one. */
  private double root() {
    return Math.sqrt(forward) * Math.sqrt(strike);
  }

  /**
   * The logarithm of forward over strike. Near the money the quotient would lose the digits that
   * matter, while the difference is exact.
   */
  private double moneyness() {
    double difference = forward - strike;
    return Math.abs(difference) < strike / 2
        ? StrictMath.log1p(difference / strike)
        : StrictMath.log(forward / strike);
  }
}
