package dev.tapeline.server.history;

import dev.tapeline.market.chain.VolatilityRank;
import dev.tapeline.market.volatility.study.VolatilityHistory;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The volatilities of earlier days from the history, for the market of one source. A day of a live
 * market is that of the source itself, otherwise of another live source, otherwise one that was
 * fetched after the fact; simulated days count for the simulated market that has made them alone,
 * and those of replays never.
 *
 * @param history opened when it is first asked
 * @param origins tells how real the prices of a symbol are
 * @param reader runs what waits for the store
 */
record DailyVolatilities(
    Supplier<History> history, String source, Function<String, Origin> origins, Executor reader)
    implements VolatilityHistory {

  /** More than the days of a year with 252 sessions, on a market that never closes. */
  private static final long LONGEST_MILLIS = 400L * 86_400_000;

  @Override
  public CompletableFuture<double[]> volatilities(String underlying, long before) {
    Origin origin = origins.apply(underlying);
    try {
      return CompletableFuture.supplyAsync(() -> read(underlying, origin, before), reader);
    } catch (RejectedExecutionException e) { // the node ends
      return CompletableFuture.failedFuture(e);
    }
  }

  private double[] read(String underlying, Origin origin, long before) {
    History store = history.get();
    TreeMap<Long, Double> days = new TreeMap<>();
    List<Series> found =
        store.figureSeries(underlying, Figure.ATM_IV).stream()
            .filter(series -> counts(series, origin))
            .sorted(
                Comparator.comparing(Series::origin)
                    .thenComparing(series -> !series.source().equals(source))
                    .thenComparing(Series::source))
            .toList();
    for (Series series : found) {
      read(store, series, before).forEach(row -> days.putIfAbsent(row.time(), row.value()));
    }
    return days.values().stream()
        .skip(Math.max(0, days.size() - VolatilityRank.DAYS))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static List<HistoryRow.OfFigure> read(History store, Series series, long before) {
    long from = Math.max(0, before - LONGEST_MILLIS);
    return store.figures(series, Figure.ATM_IV, new Span(from, before, VolatilityRank.DAYS, true));
  }

  /** Whether days of a series count in a market of this origin. */
  private boolean counts(Series series, Origin origin) {
    return switch (origin) {
      case LIVE, BACKFILL -> series.origin() == Origin.LIVE || series.origin() == Origin.BACKFILL;
      case SIMULATED -> series.origin() == Origin.SIMULATED && series.source().equals(source);
      case REPLAY -> false;
    };
  }
}
