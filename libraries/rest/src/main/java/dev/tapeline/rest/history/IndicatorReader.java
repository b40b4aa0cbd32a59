package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.indicator.study.PastIndicators;
import dev.tapeline.store.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes indicators over a page of candles and the bars before it, as many as each value counts;
 * so a value does not depend on the page that it is asked for in.
 */
final class IndicatorReader {

  /** After so many values other calls have their turn. */
  private static final int TURN = 64;

  private final HistoryParts parts;
  private final CandlePages pages;

  IndicatorReader(HistoryParts parts, CandlePages pages) {
    this.parts = parts;
    this.pages = pages;
  }

  /**
   * Reads a page of candles, and computes the values at each of them.
   *
   * @throws dev.tapeline.store.history.HistoryException if the store can't be read
   * @throws dev.tapeline.rest.http.ProblemException if too many bars before the page count
   */
  Indicators read(
      History history, SeriesChoice choice, CandlePages.Wish wish, Indicators.What what) {
    Candles page = pages.read(history, choice, wish);
    if (page.bars().isEmpty()) {
      return new Indicators(page, what, List.of());
    }
    StoredSessions sessions = StoredSessions.of(parts, history, page);
    PastIndicators past = new PastIndicators(what.spec(), sessions::open);
    if (page.series() != null) {
      SeriesChoice same = choice.ofSource(page.series().source());
      long first = page.bars().getFirst().time();
      TimeRange before = new TimeRange(0, first, false);
      pages.fill(
          same, new CandlePages.Wish(wish.symbol(), wish.frame(), before, what.spec().bars()));
      new EarlierBars(page, to -> pages.stored(history, same, to), sessions)
          .forEach(what.spec(), past::add);
    }
    return new Indicators(page, what, values(page.bars(), past));
  }

  @SuppressWarnings("ThreadPriorityCheck") // no value depends on when others have their turn
  private static List<Readings> values(List<Bar> bars, PastIndicators past) {
    List<Readings> values = new ArrayList<>(bars.size());
    for (Bar bar : bars) {
      if (bar.state().closed()) {
        past.add(bar);
        values.add(past.closed().copy());
      } else {
        values.add(past.forming(bar).copy());
        past.add(bar); // a later one can be there only if this one is over
      }
      if (values.size() % TURN == 0) {
        Thread.yield(); // a virtual thread keeps its carrier otherwise
      }
    }
    return values;
  }
}
