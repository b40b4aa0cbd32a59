package dev.tapeline.market.volatility;

import java.util.List;

/**
 * The smooth curve of third degree through given points that is straight at its two ends: the
 * natural cubic spline. Between two points alone it is their line.
 */
final class NaturalSpline {

  private final List<PricedStrike> knots;

  /** The second derivatives at the knots. */
  private final double[] bends;

  /**
   * @param knots at least one, by strike, each strike once
   */
  NaturalSpline(List<PricedStrike> knots) {
    this.knots = List.copyOf(knots);
    this.bends = bends(this.knots);
  }

  /** Solves the tridiagonal equations by elimination. */
  private static double[] bends(List<PricedStrike> knots) {
    int last = knots.size() - 1;
    double[] bends = new double[last + 1];
    double[] shares = new double[last + 1];
    for (int i = 1; i < last; i++) {
      double before = width(knots, i - 1);
      double after = width(knots, i);
      double pivot = 2 * (before + after) - before * shares[i - 1];
      shares[i] = after / pivot;
      double turn = 6 * (rise(knots, i) - rise(knots, i - 1));
      bends[i] = (turn - before * bends[i - 1]) / pivot;
    }
    for (int i = last - 1; i > 0; i--) {
      bends[i] -= shares[i] * bends[i + 1];
    }
    return bends;
  }

  private static double width(List<PricedStrike> knots, int place) {
    return knots.get(place + 1).strike() - knots.get(place).strike();
  }

  private static double rise(List<PricedStrike> knots, int place) {
    return (knots.get(place + 1).price() - knots.get(place).price()) / width(knots, place);
  }

  /** Whether the strike is not outside of the outermost knots. */
  boolean isInside(double strike) {
    return strike >= knots.getFirst().strike() && strike <= knots.getLast().strike();
  }

  /** The value at a strike that is inside. */
  double at(double strike) {
    int place = 0;
    while (place + 2 < knots.size() && knots.get(place + 1).strike() <= strike) {
      place++;
    }
    PricedStrike left = knots.get(place);
    if (strike == left.strike()) {
      return left.price();
    }
    PricedStrike right = knots.get(place + 1);
    double width = width(knots, place);
    double share = (strike - left.strike()) / width;
    double rest = 1 - share;
    double bend =
        (rest * rest - 1) * rest * bends[place] + (share * share - 1) * share * bends[place + 1];
    return rest * left.price() + share * right.price() + bend * width * width / 6;
  }
}
