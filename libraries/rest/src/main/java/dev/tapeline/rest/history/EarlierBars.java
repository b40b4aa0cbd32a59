package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Lookback;
import dev.tapeline.rest.http.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The bars before a page of candles, as far back as indicators count them. */
final class EarlierBars {

  /** The most bars that sums over sessions or over the series are made of, before a page. */
  private static final int MAX_BARS = 200_000;

  /** How many are read at once. */
  private static final int CHUNK = 5_000;

  private final Candles page;
  private final Function<CandlePages.Wish, Candles> reader;
  private final StoredSessions sessions;

  /**
   * @param page has candles
   * @param reader reads pages of the same series
   */
  EarlierBars(Candles page, Function<CandlePages.Wish, Candles> reader, StoredSessions sessions) {
    this.page = page;
    this.reader = reader;
    this.sessions = sessions;
  }

  /**
   * Passes on the bars before the page that its values count, in order of time.
   *
   * @throws ProblemException if there are too many of them
   */
  void forEach(IndicatorSpec spec, Consumer<Bar> taker) {
    long first = page.bars().getFirst().time();
    List<Bar> near = newest(first, spec.bars());
    long nearest = near.isEmpty() ? first : near.getFirst().time();
    passOn(begin(spec.lookback()), nearest, spec, taker);
    near.forEach(taker);
  }

  /** So many bars before a time, in order; fewer if there are no more. */
  private List<Bar> newest(long before, int count) {
    Deque<List<Bar>> parts = new ArrayDeque<>();
    int missing = count;
    Long to = before;
    while (missing > 0 && to != null) {
      Candles part = read(new TimeRange(0, to, false), missing);
      parts.addFirst(part.bars());
      missing -= part.bars().size();
      to = part.older(); // a page of bars that are made of shorter ones may be a short one
    }
    List<Bar> all = new ArrayList<>();
    parts.forEach(all::addAll);
    return all;
  }

  /**
   * From when on bars are summed up: one bar more than those of the sessions is read, because the
   * first one of all counts as the beginning of a session only if it is at its open.
   */
  private long begin(Lookback lookback) {
    return switch (lookback) {
      case BARS -> Long.MAX_VALUE;
      case SESSION -> before(sessions.open(page.bars().getFirst()));
      case SESSION_BEFORE -> {
        long open = sessions.open(page.bars().getFirst());
        List<Bar> last = newest(open, 1);
        yield last.isEmpty() ? open : before(sessions.open(last.getFirst()));
      }
      case SERIES -> 0;
    };
  }

  /** The time of the bar before a session, or of its open if there is none. */
  private long before(long open) {
    List<Bar> last = newest(open, 1);
    return last.isEmpty() ? open : last.getFirst().time();
  }

  private void passOn(long from, long to, IndicatorSpec spec, Consumer<Bar> taker) {
    int count = 0;
    Long at = from;
    while (at != null && at < to) {
      Candles part = read(new TimeRange(at, to, true), CHUNK);
      part.bars().forEach(taker);
      count += part.bars().size();
      if (count > MAX_BARS) {
        throw new ProblemException(
            400,
            "'spec' is '%s', of which something counts over %d bars before the page; leave out obv,"
                    .formatted(spec, MAX_BARS)
                + " vwap and pivots, or take a longer 'tf'");
      }
      at = part.newer();
    }
  }

  private Candles read(TimeRange range, int limit) {
    return reader.apply(new CandlePages.Wish(page.symbol(), page.frame(), range, limit));
  }
}
