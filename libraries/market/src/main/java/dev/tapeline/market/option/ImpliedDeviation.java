package dev.tapeline.market.option;

import org.jspecify.annotations.Nullable;

/**
 * Finds the s of {@link NormalisedBlack} from a price, by the method of P. Jäckel, "Let's Be
 * Rational" (Wilmott, January 2015): a guess by rational interpolation in one of four regions, and
 * two steps of Householder's third-order iteration on a function of the price that is nearly
 * straight in the region. The result hangs on the two numbers alone; what hangs on {@code x} alone
 * is computed once for all prices of one strike.
 *
 * <p>The price as a function of s has its inflection at the square root of 2 |x|. The tangent there
 * cuts the price's lower and upper bound, at places that part the regions.
 */
final class ImpliedDeviation {

  private static final double SQRT_THREE = 1.7320508075688772;
  private static final double SQRT_HALF_PI = 1.2533141373155003;
  private static final double TWO_PI = 2 * Math.PI;

  private final double x;

  /** The least upper bound of the prices. */
  private final double limit;

  // The inflection, and the slope of s by the price there.
  private final double middle;
  private final double priceMiddle;
  private final double slopeMiddle;

  private final double share;
  private @Nullable Cut lowerCut;
  private @Nullable Cut upperCut;
  private @Nullable Tail lowerTail;
  private @Nullable Tail upperTail;

  /**
   * @param x at most 0
   */
  ImpliedDeviation(double x) {
    this.x = x;
    limit = NormalisedBlack.limit(x);
    middle = Math.sqrt(-2 * x);
    share = 1 - Normal.erfcx(middle * Normal.SQRT_HALF);
    priceMiddle = limit / 2 * share;
    slopeMiddle = Normal.SQRT_TWO_PI / limit;
  }

  /** The least upper bound of the prices. */
  double limit() {
    return limit;
  }

  /**
   * The s of a price.
   *
   * @param price above 0 and below {@link #limit}
   */
  double of(double price) {
    if (x == 0) {
      return atTheMoney(price);
    }
    return price < priceMiddle ? below(price) : above(price);
  }

  /**
   * Where the tangent at the inflection cuts a bound of the price.
   *
   * @param slope of s by the price
   */
  private record Cut(double s, double price, double slope) {

    static Cut of(double x, double s) {
      double common = NormalisedBlack.common(x, s);
      return new Cut(s, NormalisedBlack.price(x, s, common), 1 / NormalisedBlack.vega(common));
    }
  }

  /**
   * The guess beyond a cut: a function of s that is nearly straight there, over the price.
   *
   * @param bent the second derivative at the cut
   * @param scale of the function
   */
  private record Tail(RationalCubic curve, double bent, double scale) {

    static Tail below(double x, Cut cut) {
      double s = cut.s;
      double z = -x / (SQRT_THREE * s);
      double share = Normal.cumulative(-z);
      double rise = TWO_PI * z * z * share * share * StrictMath.exp(z * z + s * s / 8);
      double bent =
          rise * (2 * z * (Normal.density(z) / share - z) - 2 + s * s / 4) / s * cut.slope;
      double scale = TWO_PI * -x / (3 * SQRT_THREE);
      double mapped = scale * share * share * share;
      return new Tail(new RationalCubic(0, cut.price, 0, mapped, 1, rise), bent, scale);
    }

    static Tail above(double x, double limit, Cut cut) {
      double s = cut.s;
      double h = x / s;
      double rise = -StrictMath.exp(h * h / 2) / 2;
      double bent = SQRT_HALF_PI * StrictMath.exp(h * h + s * s / 8) * h * h / s;
      double mapped = Normal.cumulative(-s / 2);
      return new Tail(new RationalCubic(cut.price, limit, mapped, 0, rise, -0.5), bent, 1);
    }
  }

  private Cut lowerCut() {
    Cut known = lowerCut;
    if (known == null) {
      known = Cut.of(x, middle - SQRT_HALF_PI * share);
      lowerCut = known;
    }
    return known;
  }

  private Cut upperCut() {
    Cut known = upperCut;
    if (known == null) {
      known = Cut.of(x, middle + SQRT_HALF_PI * (2 - share));
      upperCut = known;
    }
    return known;
  }

  /** At x = 0 the price is the error function of s over the square root of 8. */
  private static double atTheMoney(double price) {
    double s =
        price < 0.5 ? 2 * Normal.quantile(0.5 + price / 2) : -2 * Normal.quantile((1 - price) / 2);
    return price < 0.5 ? middleStep(0, s, price) : upperStep(0, s, 1 - price);
  }

  private double below(double price) {
    Cut cut = lowerCut();
    if (price < cut.price) {
      return deep(price, cut);
    }
    RationalCubic guess =
        new RationalCubic(cut.price, priceMiddle, cut.s, middle, cut.slope, slopeMiddle);
    return middle(x, guess.bentRight(0, price), price);
  }

  private double deep(double price, Cut cut) {
    Tail known = lowerTail;
    if (known == null) {
      known = Tail.below(x, cut);
      lowerTail = known;
    }
    double mapped = known.curve.bentRight(known.bent, price);
    double guess = x / (SQRT_THREE * Normal.quantile(StrictMath.cbrt(mapped / known.scale)));
    double logarithm = StrictMath.log(price);
    return lowerStep(x, lowerStep(x, guess, logarithm), logarithm);
  }

  private double above(double price) {
    Cut cut = upperCut();
    if (price > cut.price) {
      return high(price, cut);
    }
    RationalCubic guess =
        new RationalCubic(priceMiddle, cut.price, middle, cut.s, slopeMiddle, cut.slope);
    return middle(x, guess.bentLeft(0, price), price);
  }

  private double high(double price, Cut cut) {
    Tail known = upperTail;
    if (known == null) {
      known = Tail.above(x, limit, cut);
      upperTail = known;
    }
    double guess = -2 * Normal.quantile(known.curve.bentLeft(known.bent, price));
    return upperStep(x, upperStep(x, guess, limit - price), limit - price);
  }

  private static double middle(double x, double guess, double price) {
    return middleStep(x, middleStep(x, guess, price), price);
  }

  private static double middleStep(double x, double s, double price) {
    double common = NormalisedBlack.common(x, s);
    double missing = price - NormalisedBlack.price(x, s, common);
    double second = second(x, s);
    return s + step(missing / NormalisedBlack.vega(common), second, third(x, s, second));
  }

  /** On one over the logarithm of the price. */
  private static double lowerStep(double x, double s, double goal) {
    double common = NormalisedBlack.common(x, s);
    double price = NormalisedBlack.price(x, s, common);
    double quotient = NormalisedBlack.vega(common) / price;
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
    double common = NormalisedBlack.common(x, s);
    double left = NormalisedBlack.remainder(x, s, common);
    double quotient = NormalisedBlack.vega(common) / left;
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
