package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import java.util.function.LongUnaryOperator;

/**
 * The values of indicators over bars of the past: those that {@link IndicatorStudy} tells of the
 * same bars, to the last bit. Bars are taken in order of time; as many are kept as a value is made
 * of, and what the older ones add up to. Owned by one thread.
 */
public final class PastIndicators {

  private final LongUnaryOperator opens;
  private final KeptBars bars = new KeptBars();
  private final IndicatorComputation computation;

  /**
   * @param opens tells when the session of an intraday bar began, by the begin of the bar; both are
   *     epoch ms UTC
   */
  public PastIndicators(IndicatorSpec spec, LongUnaryOperator opens) {
    this.opens = opens;
    this.computation = new IndicatorComputation(spec, bars);
  }

  /**
   * Takes a bar that is later than all before it; it counts as closed.
   *
   * @throws IllegalArgumentException if it is not later
   */
  public void add(Bar bar) {
    if (bars.size() > 0 && bar.time() <= bars.time(bars.size() - 1)) {
      throw new IllegalArgumentException("not later than the bar before: " + bar);
    }
    int depth = computation.depth();
    if (bars.size() == depth) {
      bars.dropOldest();
    } else if (bars.isFull()) {
      bars.grow(depth);
    }
    bars.insert(bars.size(), bar, session(bar));
  }

  /**
   * The values at the bar that was taken last; they change with the next call.
   *
   * @throws IllegalStateException if none was taken
   */
  public Readings closed() {
    if (bars.size() == 0) {
      throw new IllegalStateException("no bar was taken");
    }
    return computation.closed(bars.size() - 1);
  }

  /** The values at a bar that still forms behind those taken; they change with the next call. */
  public Readings forming(Bar bar) {
    return computation.forming(bar, session(bar));
  }

  private long session(Bar bar) {
    return bar.frame().isIntraday() ? opens.applyAsLong(bar.time()) : bar.time();
  }
}
