package dev.tapeline.server.backfill;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.BarHistory;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the bars that the store lacks of one instrument and frame: those that should be there, and
 * were neither seen as a whole nor fetched.
 *
 * @param longest the longest time of one gap, ms
 */
record GapFinder(BarHistory history, Series live, Frame frame, TradingTimes times, long longest) {

  private static final long LONGEST_BAR_MILLIS = 86_400_000;

  /**
   * The gaps of a span, in order of time.
   *
   * @param over a bar that ends later is not missed
   */
  List<Gap> find(FillSpan span, long over) {
    List<ExpectedBar> expected = times.bars(frame, span, over);
    if (expected.isEmpty()) {
      return List.of();
    }
    Set<Long> there = there(span, expected.size());
    return gaps(expected.stream().filter(bar -> !there.contains(bar.time())).toList());
  }

  /** The time up to which all bars of a span are over, or the end of the span. */
  long knownTo(FillSpan span, long over) {
    FillSpan newest = span.within(new FillSpan(over - LONGEST_BAR_MILLIS, span.to()));
    return times.bars(frame, newest, Long.MAX_VALUE).stream()
        .filter(bar -> bar.end() > over)
        .findFirst()
        .map(ExpectedBar::time)
        .orElse(Math.min(span.to(), over));
  }

  private Set<Long> there(FillSpan span, int most) {
    Span all = new Span(span.from(), span.to(), 2 * most + 1, false);
    Set<Long> there = new HashSet<>();
    for (Bar bar : history.bars(live, frame, all)) {
      if (!bar.state().partial()) {
        there.add(bar.time());
      }
    }
    history.bars(fetched(), frame, all).forEach(bar -> there.add(bar.time()));
    return there;
  }

  /** The series that fetched bars belong to. */
  Series fetched() {
    return new Series(live.symbol(), live.source(), Origin.BACKFILL);
  }

  private List<Gap> gaps(List<ExpectedBar> missing) {
    List<Gap> gaps = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < missing.size(); i++) {
      boolean isLast = i == missing.size() - 1;
      long begin = missing.get(first).vendorTime();
      if (isLast || missing.get(i + 1).vendorTime() - begin >= longest) {
        gaps.add(new Gap(missing.subList(first, i + 1)));
        first = i + 1;
      }
    }
    return gaps;
  }
}
