package dev.tapeline.rest.history;

import dev.tapeline.rest.http.Query;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** The call for candles. */
public final class CandlesApi {

  private final HistoryCalls calls;
  private final CandlePages pages;

  public CandlesApi(HistoryParts parts) {
    this.calls = new HistoryCalls(parts);
    this.pages = new CandlePages(parts);
  }

  /** Adds its paths. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/candles/{symbol}", this::candles);
  }

  private void candles(Context ctx) {
    CandlePages.Wish wish = pages.wish(ctx);
    AnswerForm form = AnswerForm.of(ctx);
    SeriesChoice choice = pages.choice(new Query(ctx), wish.symbol());
    form.send(ctx, pages.read(calls.history(), choice, wish));
  }
}
