package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.BarValues;
import dev.tapeline.market.indicator.IndicatorSet;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.indicator.SessionTotals;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one spec over the kept bars of a series. Each value is made of the bar itself and
 * of the closed bars before it, as many as the spec uses; therefore it is the same whenever it was
 * asked for first, and whatever was amended before. Owned by one {@link IndicatorSeries}.
 */
final class IndicatorComputation {

  /** The names that it is wanted by, in the order in which they were asked for. */
  private final List<String> names = new ArrayList<>();

  private final KeptBars bars;
  private final int depth;
  private final IndicatorSet set;
  private final Readings readings;
  private final BarValues bar = new BarValues();
  private final SessionTotals totals = new SessionTotals();

  // The bars that the set holds: from a place up to another, as of so many changes.
  private int from;
  private int to;
  private int changes = -1;

  IndicatorComputation(IndicatorSpec spec, KeptBars bars) {
    this.bars = bars;
    this.depth = spec.bars();
    this.set = new IndicatorSet(spec);
    this.readings = new Readings(spec);
  }

  List<String> names() {
    return names;
  }

  /** How many closed bars it uses. */
  int depth() {
    return depth;
  }

  /** The values at a closed bar. */
  Readings closed(int place) {
    hold(place);
    bars.read(place, bar);
    set.update(bar, readings);
    to = place + 1;
    return readings;
  }

  /** The values at a bar that is still forming. */
  Readings forming(Bar forming, long session) {
    hold(bars.size());
    bars.read(forming, session, bar);
    set.peek(bar, readings);
    return readings;
  }

  /** Makes the set hold the closed bars before a place, as many as it uses with the one there. */
  private void hold(int place) {
    int first = Math.max(0, Math.min(place + 1, bars.size()) - depth);
    if (changes != bars.changes() || first != from || place < to) {
      changes = bars.changes();
      begin(first);
    }
    for (; to < place; to++) {
      bars.read(to, bar);
      set.commit(bar);
    }
  }

  private void begin(int first) {
    totals.copyFrom(bars.gone());
    for (int i = 0; i < first; i++) {
      bars.read(i, bar);
      totals.commit(bar);
    }
    set.reset();
    set.precede(totals);
    from = first;
    to = first;
  }
}
