package dev.tapeline.market.indicator;

/**
 * Floor traders' pivot points from high, low and close of the session before: the pivot, three
 * resistances and three supports. Absent where that session was not seen whole. As in J. L. Person,
 * "A Complete Guide to Technical Trading Tactics" (2004).
 */
final class Pivots extends Indicator {

  private final SessionTotals totals;

  Pivots(SessionTotals totals) {
    this.totals = totals;
  }

  /** The set resets the totals. */
  @Override
  void reset() {}

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (totals.hasSessionBefore(bar)) {
      double high = totals.highBefore(bar);
      double low = totals.lowBefore(bar);
      double pivot = (high + low + totals.closeBefore(bar)) / 3;
      out.put(first, pivot);
      out.put(first + 1, 2 * pivot - low);
      out.put(first + 2, pivot + high - low);
      out.put(first + 3, high + 2 * (pivot - low));
      out.put(first + 4, 2 * pivot - high);
      out.put(first + 5, pivot - high + low);
      out.put(first + 6, low - 2 * (high - pivot));
    }
  }

  /** The set commits to the totals. */
  @Override
  void commit(BarValues bar) {}
}
