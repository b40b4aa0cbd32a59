package dev.tapeline.market.indicator;

import java.util.List;

/**
 * The indicators of a spec over the bars of one series. Closed bars are committed in order; the
 * forming one is peeked at as often as one likes, which changes nothing. Owned by one thread.
 *
 * <p>The values are the same for the same bars since the last reset, to the last bit.
 */
public final class IndicatorSet {

  private final SessionTotals totals = new SessionTotals();
  private final Indicator[] indicators;
  private final int[] places;
  private int bars;

  public IndicatorSet(IndicatorSpec spec) {
    List<IndicatorTerm> terms = spec.terms();
    indicators = new Indicator[terms.size()];
    places = new int[indicators.length];
    int place = 0;
    for (int i = 0; i < indicators.length; i++) {
      IndicatorTerm term = terms.get(i);
      indicators[i] = term.kind().make(term, totals);
      places[i] = place;
      place += term.kind().valueNames().size();
    }
  }

  /** Forgets all bars: it is then as a new one. */
  public void reset() {
    totals.reset();
    bars = 0;
    for (Indicator indicator : indicators) {
      indicator.reset();
    }
  }

  /** Says what the bars before the first one add up to; called right after a reset. */
  public void precede(SessionTotals before) {
    totals.copyFrom(before);
  }

  /** Tells the values with this bar as the newest, and changes nothing. */
  public void peek(BarValues bar, Readings out) {
    out.begin(bars);
    for (int i = 0; i < indicators.length; i++) {
      indicators[i].peek(bar, out, places[i]);
    }
  }

  /** Takes a closed bar, and tells the values at it. */
  public void update(BarValues bar, Readings out) {
    peek(bar, out);
    commit(bar);
    out.closeOn(bars);
  }

  /** Takes a closed bar, for good. */
  public void commit(BarValues bar) {
    for (Indicator indicator : indicators) {
      indicator.commit(bar);
    }
    totals.commit(bar);
    bars++;
  }

  /** The number of bars that have been committed. */
  public int bars() {
    return bars;
  }
}
