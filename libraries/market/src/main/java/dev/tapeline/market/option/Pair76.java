package dev.tapeline.market.option;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.ImpliedVolatility.Absent;
import org.jspecify.annotations.Nullable;

/**
 * The call and the put of one strike under {@link Black76}. What their prices, volatilities and
 * greeks have in common is computed once: the logarithm of forward over strike, and what hangs on
 * it alone. Every figure is the same, bit by bit, in whatever order it is asked for. Owned by one
 * thread.
 */
public final class Pair76 {

  private final Expiry76 expiry;
  private final double strike;

  /** Two roots, as the product may be too large for one. */
  private final double root;

  private final double moneyness;
  private @Nullable ImpliedDeviation deviations;

  // Of the volatility that was asked for last.
  private double volatility = Double.NaN;
  private double timeValue;
  private double density;

  Pair76(Expiry76 expiry, double strike) {
    this.expiry = expiry;
    this.strike = strike;
    this.root = Math.sqrt(expiry.forward()) * Math.sqrt(strike);
    this.moneyness = moneyness(expiry.forward(), strike);
  }

  /**
   * The logarithm of forward over strike. Near the money the quotient would lose the digits that
   * matter, while the difference is exact.
   */
  private static double moneyness(double forward, double strike) {
    double difference = forward - strike;
    return Math.abs(difference) < strike / 2
        ? StrictMath.log1p(difference / strike)
        : StrictMath.log(forward / strike);
  }

  /** The price under a volatility a year; that of exercise if volatility or time is 0. */
  public double price(Right right, double of) {
    under(of);
    return expiry.discount() * (intrinsic(right) + timeValue);
  }

  /** The volatility a year under which this is the price. */
  public ImpliedVolatility implied(Right right, double price) {
    if (!isPrice(expiry.forward()) || !isPrice(strike)) {
      return Absent.NO_FORWARD;
    }
    if (!(expiry.years() > 0)) {
      return Absent.NO_TIME;
    }
    if (!(price > 0)) {
      return Absent.NO_PRICE;
    }
    double later = price / expiry.discount();
    double time = later - intrinsic(right);
    if (time < 0) {
      return Absent.BELOW_INTRINSIC;
    }
    double normalised = time / root;
    if (later >= maximum(right) || normalised >= deviations().limit()) {
      return Absent.ABOVE_MAXIMUM;
    }
    double s = normalised == 0 ? 0 : deviations().of(normalised);
    return new ImpliedVolatility.Found(s / expiry.root());
  }

  private ImpliedDeviation deviations() {
    ImpliedDeviation known = deviations;
    if (known == null) {
      known = new ImpliedDeviation(-Math.abs(moneyness));
      deviations = known;
    }
    return known;
  }

  /** The greeks under a volatility a year, which is above 0, as the time is. */
  public Greeks greeks(Right right, double of) {
    under(of);
    double forward = expiry.forward();
    double years = expiry.years();
    double s = deviation(of);
    double d1 = moneyness / s + s / 2;
    double d2 = d1 - s;
    double vega = forward * density * expiry.root();
    double price = price(right, of);
    return new Greeks(
        sign(right) * expiry.discount() * Normal.cumulative(sign(right) * d1),
        density / (forward * s),
        expiry.rate() * price - vega * of / (2 * years),
        vega,
        -years * price,
        -density * d2 / of,
        vega * d1 * d2 / of);
  }

  /** Computes what both options have under a volatility. */
  private void under(double of) {
    if (of != volatility) {
      double s = deviation(of);
      volatility = of;
      timeValue = s > 0 ? root * NormalisedBlack.price(-Math.abs(moneyness), s) : 0;
      density = expiry.discount() * Normal.density(moneyness / s + s / 2);
    }
  }

  private static boolean isPrice(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private double deviation(double of) {
    return of * expiry.root();
  }

  private double intrinsic(Right right) {
    return Math.max(0, sign(right) * (expiry.forward() - strike));
  }

  private double maximum(Right right) {
    return right == Right.CALL ? expiry.forward() : strike;
  }

  private static int sign(Right right) {
    return right == Right.CALL ? 1 : -1;
  }
}
