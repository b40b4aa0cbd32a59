package dev.tapeline.market.option;

/**
 * Black's price of a call in its simplest form: in units of the square root of forward times
 * strike, of two numbers. {@code x} is the logarithm of forward over strike, here never above 0:
 * the call is out of the money. {@code s} is the volatility times the square root of the time,
 * above 0. With h = x / s and t = s / 2 the price is
 *
 * <pre>e^(x/2) N(h + t) - e^(-x/2) N(h - t)</pre>
 *
 * <p>The two terms nearly cancel where s is small. With the quotient Y of the distribution and its
 * density the price is n(h) e^(-t^2/2) (Y(h + t) - Y(h - t)), and the difference is a row in odd
 * powers of t, whose members are all above 0.
 */
final class NormalisedBlack {

  /** Below this t the row is used, and above it the difference. */
  private static final double SMALL = 0.25;

  /** Below this h the moments come from a continued fraction. */
  private static final double DEEP = -13;

  /** So many members of the row reach the last place for {@link #SMALL}. */
  private static final int MEMBERS = 9;

  private static final int FRACTION = 2 * MEMBERS + 12;

  private NormalisedBlack() {}

  /** The least upper bound of the prices. */
  static double limit(double x) {
    return StrictMath.exp(x / 2);
  }

  static double price(double x, double s) {
    return price(x, s, common(x, s));
  }

  /**
   * The same.
   *
   * @param common their {@link #common}, which takes most of the time
   */
  static double price(double x, double s, double common) {
    double h = x / s;
    double t = s / 2;
    if (t < SMALL) {
      return common * 2 * t * (h < DEEP ? deepRow(h, t) : row(h, t)) / Normal.SQRT_TWO_PI;
    }
    double upper = h + t;
    double lower = Normal.erfcx((t - h) * Normal.SQRT_HALF);
    if (upper <= 0) {
      return common * (Normal.erfcx(-upper * Normal.SQRT_HALF) - lower) / 2;
    }
    return limit(x) * Normal.cumulative(upper) - common * lower / 2;
  }

  /** How far the price is below its limit, without cancellation; for h + t not below 0. */
  static double remainder(double x, double s, double common) {
    double h = x / s;
    double t = s / 2;
    return common
        * (Normal.erfcx((h + t) * Normal.SQRT_HALF) + Normal.erfcx((t - h) * Normal.SQRT_HALF))
        / 2;
  }

  /** The derivative of the price by s. */
  static double vega(double common) {
    return common / Normal.SQRT_TWO_PI;
  }

  /** What the price and its derivative have in common. */
  static double common(double x, double s) {
    double h = x / s;
    double t = s / 2;
    return StrictMath.exp(-(h * h + t * t) / 2);
  }

  /**
   * The sum of M(2k + 1) t^2k / (2k + 1)!, where M(n) is the n-th derivative of Y at h. From Y' = 1
   * + h Y follows M(n + 2) = (h^2 + 2 n + 1) M(n) - n (n - 1) M(n - 2).
   */
  private static double row(double h, double t) {
    double square = h * h;
    double before = Normal.slope(h);
    double moment = (square + 3) * before - 1;
    double weight = t * t / 6;
    double sum = before;
    for (int n = 3; n < 2 * MEMBERS; n += 2) {
      sum += moment * weight;
      double next = (square + 2 * n + 1) * moment - n * (n - 1) * before;
      before = moment;
      moment = next;
      weight *= t * t / ((n + 1) * (n + 2));
    }
    return sum;
  }

  /**
   * The same far below 0, where that recurrence loses digits. The other way it gains them: M(n) /
   * M(n - 1) = n / (|h| + M(n + 1) / M(n)).
   */
  private static double deepRow(double h, double t) {
    double distance = -h;
    double quotient = 0;
    double sum = 1;
    for (int n = FRACTION; n > 1; n--) {
      double above = quotient;
      quotient = n / (distance + quotient);
      if (n % 2 == 0) {
        sum = 1 + sum * above * quotient * t * t / (n * (n + 1));
      }
    }
    quotient = 1 / (distance + quotient);
    return Normal.erfcx(distance * Normal.SQRT_HALF) * Normal.SQRT_TWO_PI / 2 * quotient * sum;
  }
}
