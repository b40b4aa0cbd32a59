package dev.tapeline.market.indicator;

/**
 * On-balance volume: the volume of bars that closed higher than the one before, less that of bars
 * that closed lower, from the first bar of the series on, where it is 0. Its changes have a
 * meaning, its level has none. Absent without volumes. By J. E. Granville, "New Key to Stock Market
 * Profits" (1963).
 */
final class Obv extends Indicator {

  private final SessionTotals totals;

  Obv(SessionTotals totals) {
    this.totals = totals;
  }

  /** The set resets the totals. */
  @Override
  void reset() {}

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (bar.hasVolume()) {
      out.put(first, totals.balanceWith(bar));
    }
  }

  /** The set commits to the totals. */
  @Override
  void commit(BarValues bar) {}
}
