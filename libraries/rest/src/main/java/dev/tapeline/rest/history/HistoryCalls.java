package dev.tapeline.rest.history;

import dev.tapeline.market.instrument.Reference;
import dev.tapeline.rest.http.ProblemException;
import dev.tapeline.rest.http.Query;
import dev.tapeline.store.history.History;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** What all calls for the history have in common. */
final class HistoryCalls {

  private final HistoryParts parts;

  HistoryCalls(HistoryParts parts) {
    this.parts = parts;
  }

  History history() {
    return parts
        .history()
        .get()
        .orElseThrow(
            () -> new ProblemException(404, "this server keeps no history: see tapeline-history"));
  }

  /** The symbol in the path, whether a source has it now or not. */
  String symbol(Context ctx) {
    String symbol = ctx.pathParam("symbol");
    if (!Reference.isValidPart(symbol)) {
      throw Query.wrong("symbol", symbol, "a symbol such as NIFTY");
    }
    return symbol;
  }

  /** The source that prices an instrument now; null if there is none. */
  @Nullable String source(String symbol) {
    return parts.instruments().sourceOf(symbol).orElse(null);
  }

  int limit(Query query, int fallback, int most) {
    int limit = query.number("limit", fallback, most);
    if (limit == 0) {
      throw Query.wrong("limit", "0", "a number from 1 to " + most);
    }
    return limit;
  }
}
