package dev.tapeline.rest.history;

import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.rest.http.ProblemException;
import dev.tapeline.rest.http.Query;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** The call for indicators over the candles of a page. */
public final class IndicatorsApi {

  /** The longest text of a spec. */
  private static final int MAX_SPEC = 1_000;

  private final HistoryCalls calls;
  private final CandlePages pages;
  private final IndicatorReader reader;

  public IndicatorsApi(HistoryParts parts) {
    this.calls = new HistoryCalls(parts);
    this.pages = new CandlePages(parts);
    this.reader = new IndicatorReader(parts, pages);
  }

  /** Adds its paths. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/indicators/{symbol}", this::indicators);
  }

  private void indicators(Context ctx) {
    Query query = new Query(ctx);
    String text = query.text("spec", MAX_SPEC);
    CandlePages.Wish wish = pages.wish(ctx);
    IndicatorSpec spec = text.isEmpty() ? IndicatorSpec.DEFAULT : spec(text);
    AnswerForm form = AnswerForm.of(ctx);
    SeriesChoice choice = pages.choice(query, wish.symbol());
    form.send(
        ctx, reader.read(calls.history(), choice, wish, new Indicators.What(spec, text.isEmpty())));
  }

  /** A plus sign of a channel's name is a blank in a query, unless it is encoded. */
  private static IndicatorSpec spec(String text) {
    try {
      return IndicatorSpec.parse(text.strip().replace(' ', '+'));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "'spec': " + e.getMessage());
    }
  }
}
