package dev.tapeline.market.option;

/**
 * A polynomial over another one. The coefficients begin with the constant ones; they are made by
 * {@code tools/option/fit.py}.
 */
final class Rational {

  private final double[] above;
  private final double[] below;

  private Rational(double[] above, double[] below) {
    this.above = above;
    this.below = below;
  }

  static Rational above(double... above) {
    return new Rational(above, new double[] {1});
  }

  Rational below(double... denominator) {
    return new Rational(above, denominator);
  }

  double at(double x) {
    return polynomial(above, x) / polynomial(below, x);
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * x + coefficients[i];
    }
    return value;
  }
}
