package dev.tapeline.market.option;

/**
 * The rational cubic interpolation of Delbourgo and Gregory (1985) between two points with given
 * slopes. A parameter tightens the curve: with 3 it is the cubic, and the larger it is the more
 * nearly the curve is a straight line. Here the parameter is chosen by the curvature at one end,
 * and then as large as the curve needs to bend in one direction alone.
 *
 * @param riseLeft the slope at the left point
 * @param riseRight the slope at the right one
 */
record RationalCubic(
    double left,
    double right,
    double valueLeft,
    double valueRight,
    double riseLeft,
    double riseRight) {

  private static final double LEAST = -1 + 1e-8;
  private static final double STRAIGHT = 1e16;

  /** The value at a place, with this curvature at the left point. */
  double bentLeft(double curvature, double at) {
    double fitted = (width() * curvature / 2 + riseRight - riseLeft) / (rise() - riseLeft);
    return value(at, Math.max(fitted, least()));
  }

  /** The value at a place, with this curvature at the right point. */
  double bentRight(double curvature, double at) {
    double fitted = (width() * curvature / 2 + riseRight - riseLeft) / (riseRight - rise());
    return value(at, Math.max(fitted, least()));
  }

  private double width() {
    return right - left;
  }

  /** The slope of the chord. */
  private double rise() {
    return (valueRight - valueLeft) / width();
  }

  /** The smallest parameter with which the curve bends in one direction, if the points allow it. */
  private double least() {
    double before = rise() - riseLeft;
    double after = riseRight - rise();
    if (before * after <= 0) {
      return LEAST;
    }
    double bend = riseRight - riseLeft;
    return Math.max(LEAST, Math.max(bend / before, bend / after));
  }

  private double value(double at, double parameter) {
    double share = (at - left) / width();
    double rest = 1 - share;
    if (!(parameter < STRAIGHT)) {
      return valueLeft * rest + valueRight * share;
    }
    double above =
        valueRight * share * share * share
            + (parameter * valueRight - width() * riseRight) * share * share * rest
            + (parameter * valueLeft + width() * riseLeft) * share * rest * rest
            + valueLeft * rest * rest * rest;
    return above / (1 + (parameter - 3) * share * rest);
  }
}
