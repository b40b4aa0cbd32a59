package dev.tapeline.rest.history;

import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The call for ticks: trades, and values of indices. */
public final class TicksApi {

  private static final int TICKS = 1_000;
  private static final int MAX_TICKS = 10_000;

  private final HistoryParts parts;
  private final HistoryCalls calls;

  public TicksApi(HistoryParts parts) {
    this.parts = parts;
    this.calls = new HistoryCalls(parts);
  }

  /** Adds its paths. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/ticks/{symbol}", this::ticks);
  }

  private void ticks(Context ctx) {
    Query query = new Query(ctx);
    String symbol = calls.symbol(ctx);
    TimeRange range = TimeRange.of(query, parts.access().until(ctx, symbol));
    int limit = calls.limit(query, TICKS, MAX_TICKS);
    AnswerForm form = AnswerForm.of(ctx);
    History history = calls.history();
    Optional<Series> series =
        SeriesChoice.of(query, calls.source(symbol)).among(history.tickSeries(symbol));
    Ticks ticks =
        series
            .map(one -> page(history, one, range, limit))
            .orElseGet(() -> new Ticks(symbol, null, List.of(), null, null));
    form.send(ctx, ticks);
  }

  /**
   * A page ends between two times, so that the next one has neither a gap nor a tick twice; where
   * one time has more ticks than a page, it has all that the store gives of it.
   */
  private static Ticks page(History history, Series series, TimeRange range, int limit) {
    List<HistoryRow.OfTick> read = history.ticks(series, range.span(limit + 1));
    if (read.size() <= limit) {
      return ticks(series, inOrder(read, range), null, null);
    }
    long next = read.getLast().time();
    List<HistoryRow.OfTick> before = read.stream().filter(tick -> tick.time() != next).toList();
    if (before.isEmpty()) {
      before = history.ticks(series, new TimeRange(next, next + 1, true).span(MAX_TICKS));
      return range.isFromStart()
          ? ticks(series, before, null, next + 1)
          : ticks(series, before, next, null);
    }
    return range.isFromStart()
        ? ticks(series, before, null, next)
        : ticks(series, before.reversed(), next + 1, null);
  }

  private static List<HistoryRow.OfTick> inOrder(List<HistoryRow.OfTick> read, TimeRange range) {
    return range.isFromStart() ? read : read.reversed();
  }

  private static Ticks ticks(
      Series series, List<HistoryRow.OfTick> ticks, @Nullable Long older, @Nullable Long newer) {
    return new Ticks(series.symbol(), series, ticks, older, newer);
  }
}
