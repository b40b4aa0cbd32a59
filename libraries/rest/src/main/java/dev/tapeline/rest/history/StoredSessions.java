package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the sessions of a series began: by the calendar, cut where its source has begun one.
 * Days of UTC are the sessions of an instrument that no source has now. Owned by one thread.
 */
final class StoredSessions {

  private static final long DAY_MILLIS = 86_400_000;

  /** The most sessions that sources have begun, of which the newest count. */
  private static final int MAX_BEGINS = 10_000;

  private final LongUnaryOperator calendar;
  private final NavigableSet<Long> begins;

  /** Days of UTC. */
  static StoredSessions ofDays() {
    return new StoredSessions(time -> time - Math.floorMod(time, DAY_MILLIS), new TreeSet<>());
  }

  private StoredSessions(LongUnaryOperator calendar, NavigableSet<Long> begins) {
    this.calendar = calendar;
    this.begins = begins;
  }

  /** Those of the series of a page that has candles. */
  static StoredSessions of(HistoryParts parts, History history, Candles page) {
    Series series = page.series();
    @Nullable Instrument instrument = parts.instruments().bySymbol(page.symbol()).orElse(null);
    if (series == null || instrument == null) {
      return ofDays();
    }
    return new StoredSessions(
        parts.folding().opens(CandleReader.traded(series, instrument)),
        told(history, series, page.bars().getLast().time()));
  }

  private static NavigableSet<Long> told(History history, Series series, long last) {
    Span span = new Span(0, last + 1, MAX_BEGINS, true);
    return history.figures(series, Figure.SESSION, span).stream()
        .map(HistoryRow.OfFigure::time)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** When the session of an intraday bar began, by the begin of the bar. */
  long open(long time) {
    long open = calendar.applyAsLong(time);
    Long told = begins.floor(time);
    return told == null ? open : Math.max(open, told);
  }

  /** When the session of a bar began; a day and what is longer is a session of its own. */
  long open(Bar bar) {
    return bar.frame().isIntraday() ? open(bar.time()) : bar.time();
  }
}
