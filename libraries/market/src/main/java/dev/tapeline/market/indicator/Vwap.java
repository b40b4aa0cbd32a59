package dev.tapeline.market.indicator;

/**
 * Average price of the session so far, weighted by volume, from the typical price of each bar,
 * (high + low + close) / 3; and so many standard deviations, weighted alike, above and below.
 * Absent where the session was not seen from its beginning, or nothing was traded. By S. A.
 * Berkowitz, D. E. Logue and E. A. Noser, "The Total Cost of Transactions on the NYSE" (1988).
 */
final class Vwap extends Indicator {

  private final SessionTotals totals;
  private final double factor;

  Vwap(SessionTotals totals, double factor) {
    this.totals = totals;
    this.factor = factor;
  }

  /** The set resets the totals. */
  @Override
  void reset() {}

  @Override
  void peek(BarValues bar, Readings out, int first) {
    double volume = totals.volumeWith(bar);
    if (volume > 0 && totals.isWholeWith(bar)) {
      double move = totals.movesWith(bar) / volume;
      double average = totals.originWith(bar) + move;
      double variance = Math.max(totals.squaresWith(bar) / volume - move * move, 0);
      double distance = factor * Math.sqrt(variance);
      out.put(first, average);
      out.put(first + 1, average + distance);
      out.put(first + 2, average - distance);
    }
  }

  /** The set commits to the totals. */
  @Override
  void commit(BarValues bar) {}
}
