package dev.tapeline.rest;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** The search for instruments that the feeds know. */
final class InstrumentsApi {

  static final int MAX_RESULTS = 50;

  private static final int MAX_QUERY = 100;

  private final Instruments instruments;

  InstrumentsApi(Instruments instruments) {
    this.instruments = instruments;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/instruments", this::search);
  }

  private record View(
      String symbol,
      String key,
      String segment,
      String securityId,
      String name,
      String type,
      BigDecimal tickSize) {

    static View of(Instrument it) {
      return new View(
          it.symbol(),
          it.key(),
          it.segment(),
          it.securityId(),
          it.name(),
          it.type(),
          it.tickSize());
    }
  }

  private record Answer(List<View> instruments, int count) {}

  private void search(Context ctx) {
    String query = Objects.requireNonNullElse(ctx.queryParam("q"), "");
    if (query.length() > MAX_QUERY) {
      throw new ProblemException(400, "'q' has at most %d characters".formatted(MAX_QUERY));
    }
    List<View> found = instruments.search(query, MAX_RESULTS).stream().map(View::of).toList();
    ctx.json(new Answer(found, found.size()));
  }
}
