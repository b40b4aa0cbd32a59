package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.util.List;

/**
 * What is kept of bars. Methods block for as long as the store takes, up to a limit of its own, and
 * throw a {@link HistoryException} where it can't be reached.
 */
public interface BarHistory {

  /** The series of bars of an instrument, in no order. */
  List<BarSeries> barSeries(String symbol);

  /** Closed bars, each once, in the order of the span. */
  List<Bar> bars(Series series, Frame frame, Span span);
}
