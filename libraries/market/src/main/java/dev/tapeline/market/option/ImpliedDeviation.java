package dev.tapeline.market.option;

/**
 * Finds the s of {@link NormalisedBlack} from a price, by the method of P. Jäckel, "Let's Be
 * Rational" (Wilmott, January 2015): a guess by rational interpolation in one of four regions, and
 * two steps of Householder's third-order iteration on a function of the price that is nearly
 * straight in the region. It allocates nothing, and the result hangs on its two arguments alone.
 *
 * <p>The price as a function of s has its inflection at the square root of 2 |x|. The tangent there
 * cuts the price's lower and upper bound, at places that part the regions.
 */
final class ImpliedDeviation {

  private static final double SQRT_THREE = 1.7320508075688772;
  private static final double SQRT_HALF_PI = 1.2533141373155003;
  private static final double TWO_PI = 2 * Math.PI;

  private ImpliedDeviation() {}

  /**
   * @param x at most 0
   * @param price above 0 and below {@link NormalisedBlack#limit}
   */
  static double of(double x, double price) {
    if (x == 0) {
      return atTheMoney(price);
    }
    double limit = NormalisedBlack.limit(x);
    double middle = Math.sqrt(-2 * x);
    double cut = 1 - Normal.erfcx(middle * Normal.SQRT_HALF);
    double priceMiddle = limit / 2 * cut;
    double slope = Normal.SQRT_TWO_PI / limit;
    return price < priceMiddle
        ? below(x, price, new Bend(middle, priceMiddle, slope, middle - SQRT_HALF_PI * cut))
        : above(x, price, new Bend(middle, priceMiddle, slope, middle + SQRT_HALF_PI * (2 - cut)));
  }

  /**
   * The inflection, and where its tangent cuts a bound of the price.
   *
   * @param slope of s by the price
   */
  private record Bend(double s, double price, double slope, double cut) {}

  /** At x = 0 the price is the error function of s over the square root of 8. */
  private static double atTheMoney(double price) {
    double s =
        price < 0.5 ? 2 * Normal.quantile(0.5 + price / 2) : -2 * Normal.quantile((1 - price) / 2);
    return price < 0.5 ? middleStep(0, s, price) : upperStep(0, s, 1 - price);
  }

  private static double below(double x, double price, Bend bend) {
    double s = bend.cut;
    double priceCut = NormalisedBlack.price(x, s);
    double slope = 1 / NormalisedBlack.vega(x, s);
    if (price >= priceCut) {
      double guess =
          new RationalCubic(priceCut, bend.price, s, bend.s, slope, bend.slope).bentRight(0, price);
      return middle(x, guess, price);
    }
    double z = -x / (SQRT_THREE * s);
    double share = Normal.cumulative(-z);
    double rise = TWO_PI * z * z * share * share * StrictMath.exp(z * z + s * s / 8);
    double bent = rise * (2 * z * (Normal.density(z) / share - z) - 2 + s * s / 4) / s * slope;
    double scale = TWO_PI * -x / (3 * SQRT_THREE);
    double mapped =
        new RationalCubic(0, priceCut, 0, scale * share * share * share, 1, rise)
            .bentRight(bent, price);
    double guess = x / (SQRT_THREE * Normal.quantile(StrictMath.cbrt(mapped / scale)));
    double logarithm = StrictMath.log(price);
    return lowerStep(x, lowerStep(x, guess, logarithm), logarithm);
  }

  private static double above(double x, double price, Bend bend) {
    double s = bend.cut;
    double priceCut = NormalisedBlack.price(x, s);
    if (price <= priceCut) {
      double slope = 1 / NormalisedBlack.vega(x, s);
      double guess =
          new RationalCubic(bend.price, priceCut, bend.s, s, bend.slope, slope).bentLeft(0, price);
      return middle(x, guess, price);
    }
    double limit = NormalisedBlack.limit(x);
    double h = x / s;
    double rise = -StrictMath.exp(h * h / 2) / 2;
    double bent = SQRT_HALF_PI * StrictMath.exp(h * h + s * s / 8) * h * h / s;
    double mapped =
        new RationalCubic(priceCut, limit, Normal.cumulative(-s / 2), 0, rise, -0.5)
            .bentLeft(bent, price);
    double guess = -2 * Normal.quantile(mapped);
    return upperStep(x, upperStep(x, guess, limit - price), limit - price);
  }

  private static double middle(double x, double guess, double price) {
    return middleStep(x, middleStep(x, guess, price), price);
  }

  private static double middleStep(double x, double s, double price) {
    double vega = NormalisedBlack.vega(x, s);
    double second = second(x, s);
    return s + step((price - NormalisedBlack.price(x, s)) / vega, second, third(x, s, second));
  }

  /** On one over the logarithm of the price. */
  private static double lowerStep(double x, double s, double goal) {
    double price = NormalisedBlack.price(x, s);
    double quotient = NormalisedBlack.vega(x, s) / price;
    double logarithm = StrictMath.log(price);
    double second = second(x, s);
    double bend = quotient * (1 + 2 / logarithm);
    double third =
        third(x, s, second)
            + 2 * quotient * quotient * (1 + 3 / logarithm * (1 + 1 / logarithm))
            - 3 * second * bend;
    return s + step((goal - logarithm) * logarithm / goal / quotient, second - bend, third);
  }

  /** On the logarithm of what is left to the limit of the price. */
  private static double upperStep(double x, double s, double goal) {
    double left = NormalisedBlack.remainder(x, s);
    double quotient = NormalisedBlack.vega(x, s) / left;
    double second = second(x, s);
    double third = third(x, s, second) + quotient * (2 * quotient + 3 * second);
    return s + step(StrictMath.log(left / goal) / quotient, second + quotient, third);
  }

  /** The second derivative of the price by s, over the first. */
  private static double second(double x, double s) {
    double h = x / s;
    return h * h / s - s / 4;
  }

  /** The third derivative over the first. */
  private static double third(double x, double s, double second) {
    double h = x / s;
    return second * second - 3 * (h / s) * (h / s) - 0.25;
  }

  /** Householder's step of third order, from Newton's and the quotients of the derivatives. */
  private static double step(double newton, double second, double third) {
    return newton * (1 + second * newton / 2) / (1 + newton * (second + third * newton / 6));
  }
}
