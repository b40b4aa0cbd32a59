package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.LegChange;
import java.util.Arrays;

/** The values of an option at the last three snapshots of its chain; NaN where unknown. */
final class KeptValues {

  /** How many snapshots are kept. */
  static final int SNAPSHOTS = 3;

  private static final int VALUES = 3;

  private final double[] values = new double[SNAPSHOTS * VALUES];
  private int newest;

  KeptValues() {
    Arrays.fill(values, Double.NaN);
  }

  void keep(double last, double openInterest, double volatility) {
    newest = (newest + SNAPSHOTS - 1) % SNAPSHOTS;
    int at = newest * VALUES;
    values[at] = last;
    values[at + 1] = openInterest;
    values[at + 2] = volatility;
  }

  /** These values less those of a snapshot, counted from the newest. */
  LegChange since(int snapshot, double last, double openInterest, double volatility) {
    int at = (newest + snapshot) % SNAPSHOTS * VALUES;
    return new LegChange(
        last - values[at], openInterest - values[at + 1], volatility - values[at + 2]);
  }
}
