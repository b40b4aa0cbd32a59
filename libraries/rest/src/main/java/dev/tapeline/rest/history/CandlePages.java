package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.BarHistory;
import dev.tapeline.store.history.BarSeries;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.JoinedBars;
import dev.tapeline.store.history.Series;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of candles: the stored ones, and behind them those that the cache has of the present,
 * each time once.
 */
final class CandlePages {

  private static final int CANDLES = 500;
  private static final int MAX_CANDLES = 5_000;

  private final HistoryParts parts;
  private final HistoryCalls calls;
  private final FormingCandle forming;

  CandlePages(HistoryParts parts) {
    this.parts = parts;
    this.calls = new HistoryCalls(parts);
    this.forming = new FormingCandle(parts.cache());
  }

  /** The page that a caller wants, within what it may see. */
  Wish wish(Context ctx) {
    Query query = new Query(ctx);
    String symbol = calls.symbol(ctx);
    Frame frame = frame(query);
    TimeRange range = TimeRange.of(query, parts.access().until(ctx, symbol));
    return new Wish(symbol, frame, range, calls.limit(query, CANDLES, MAX_CANDLES));
  }

  private static Frame frame(Query query) {
    String text = query.text("tf").orElse("1m");
    try {
      return Frame.parse(text);
    } catch (IllegalArgumentException _) {
      throw Query.wrong("tf", text, "a frame such as 1m, 15m, 1h, 1d, 1w or 1M");
    }
  }

  /** The series that a caller wants. */
  SeriesChoice choice(Query query, String symbol) {
    return SeriesChoice.of(query, calls.source(symbol));
  }

  /** A page of candles. */
  record Wish(String symbol, Frame frame, TimeRange range, int limit) {}

  /**
   * Reads a page, for which what is missing is fetched.
   *
   * @throws dev.tapeline.store.history.HistoryException if the store can't be read
   */
  Candles read(History history, SeriesChoice choice, Wish wish) {
    Backfill.@Nullable Filled filled = fill(choice, wish).orElse(null);
    return read(history, choice, wish, filled);
  }

  /** Reads a page as the store has it. */
  Candles stored(History history, SeriesChoice choice, Wish wish) {
    return read(history, choice, wish, null);
  }

  private Candles read(
      History history, SeriesChoice choice, Wish wish, Backfill.@Nullable Filled filled) {
    @Nullable Instrument instrument = parts.instruments().bySymbol(wish.symbol()).orElse(null);
    JoinedBars joined = new JoinedBars(history);
    BarHistory kept = choice.origin() == null ? joined : history;
    Set<Series> all =
        kept.barSeries(wish.symbol()).stream().map(BarSeries::series).collect(Collectors.toSet());
    Optional<Series> series = choice.among(List.copyOf(all));
    HistoryPage<Bar> page =
        series
            .map(one ->
                new CandleReader(kept, parts.folding(), parts.clock())
                    .read(one, instrument, wish.frame(), wish.range(), wish.limit()))
            .orElse(HistoryPage.empty());
    Set<Long> fetched = FetchedTimes.among(page.rows(), joined.fetched());
    List<Bar> bars = page.rows();
    boolean isPresent = series.isEmpty() || series.get().source().equals(choice.present());
    if (instrument != null && isPresent && !page.hasNewer()) {
      bars = withNewest(bars, instrument, wish, fetched);
    }
    return answer(wish, series.orElse(null), bars, page).with(fetched, filled);
  }

  /** Fetches what is missing in a page, unless the caller wants a series as it is. */
  Optional<Backfill.Filled> fill(SeriesChoice choice, Wish wish) {
    @Nullable Instrument instrument = parts.instruments().bySymbol(wish.symbol()).orElse(null);
    String source = choice.source() == null ? choice.present() : choice.source();
    if (instrument == null
        || source == null
        || !source.equals(choice.present())
        || choice.origin() != null) {
      return Optional.empty();
    }
    TimeRange range = wish.range();
    return parts
        .backfill()
        .fill(
            source,
            instrument,
            new Backfill.Wish(
                wish.frame(), range.from(), range.to(), range.isFromStart(), wish.limit() + 1));
  }

  /** An answer of as many as are wanted; {@code bars} may be more, as some came from the cache. */
  private static Candles answer(
      Wish wish, @Nullable Series series, List<Bar> bars, HistoryPage<Bar> page) {
    int size = bars.size();
    boolean isCut = size > wish.limit();
    boolean isFromStart = wish.range().isFromStart();
    List<Bar> some = bars;
    if (isCut) {
      some = isFromStart ? bars.subList(0, wish.limit()) : bars.subList(size - wish.limit(), size);
    }
    boolean hasOlder = page.hasOlder() || (isCut && !isFromStart);
    boolean hasNewer = page.hasNewer() || (isCut && isFromStart);
    Long older = hasOlder && !some.isEmpty() ? some.getFirst().time() : null;
    Long newer = hasNewer && !some.isEmpty() ? some.getLast().time() + 1 : null;
    return new Candles(wish.symbol(), wish.frame(), series, some, older, newer, Set.of(), false);
  }

  /** The bars with those of the cache in the place of the ones of the same time, or behind. */
  private List<Bar> withNewest(
      List<Bar> bars, Instrument instrument, Wish wish, Set<Long> fetched) {
    TreeMap<Long, Bar> byTime = new TreeMap<>();
    bars.forEach(bar -> byTime.put(bar.time(), bar));
    long earliest = bars.isEmpty() ? wish.range().from() : bars.getLast().time();
    for (Bar bar : forming.read(wish.symbol(), wish.frame(), candidates(bars, instrument, wish))) {
      if (bar.time() >= earliest && bar.time() < wish.range().to()) {
        Bar shown = FormingJoin.of(byTime.get(bar.time()), bar);
        byTime.put(bar.time(), shown);
        if (shown.equals(bar)) {
          fetched.remove(bar.time());
        }
      }
    }
    return List.copyOf(byTime.values());
  }

  /**
   * The times that the newest bars may have: that of now, the one that follows the last stored one,
   * and the last stored one, which may have grown.
   */
  private Set<Long> candidates(List<Bar> bars, Instrument instrument, Wish wish) {
    Set<Long> times = new TreeSet<>();
    for (boolean keepsHours : List.of(true, false)) {
      TradedInstrument traded = new TradedInstrument(instrument, keepsHours);
      addBegin(traded, wish.frame(), parts.clock().millis(), times);
      if (!bars.isEmpty() && wish.frame().isIntraday()) {
        addBegin(traded, wish.frame(), bars.getLast().time() + wish.frame().millis(), times);
      }
    }
    if (!bars.isEmpty()) {
      times.add(bars.getLast().time());
    }
    return times;
  }

  private void addBegin(TradedInstrument traded, Frame frame, long time, Set<Long> times) {
    parts.folding().begin(traded, frame, time).ifPresent(times::add);
  }
}
