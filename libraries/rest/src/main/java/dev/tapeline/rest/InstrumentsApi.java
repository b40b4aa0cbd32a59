package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.rest.http.Query;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for instruments that the feeds know, by a text and by the terms of a contract. */
final class InstrumentsApi {

  static final int MAX_RESULTS = 500;

  private static final int RESULTS = 50;
  private static final int MAX_QUERY = 100;

  private static final Map<String, Right> RIGHTS =
      Map.of("ce", Right.CALL, "call", Right.CALL, "pe", Right.PUT, "put", Right.PUT);

  private final Instruments instruments;

  InstrumentsApi(Instruments instruments) {
    this.instruments = instruments;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/instruments", this::search);
  }

  /** An instrument; the terms that it does not have are left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record View(
      String symbol,
      String key,
      String segment,
      String securityId,
      String name,
      String type,
      BigDecimal tickSize,
      @Nullable String underlying,
      @Nullable LocalDate expiry,
      @Nullable BigDecimal strike,
      @Nullable String right,
      @Nullable BigDecimal lot) {

    static View of(Instrument instrument) {
      return switch (instrument) {
        case Instrument.Option it ->
            of(it, it.underlying(), it.expiry(), it.strike(), word(it.right()), it.lot());
        case Instrument.Future it -> of(it, it.underlying(), it.expiry(), null, null, it.lot());
        case Instrument.Index _, Instrument.Share _, Instrument.Pair _ ->
            of(instrument, null, null, null, null, null);
      };
    }

    private static String word(Right right) {
      return right.name().toLowerCase(Locale.ROOT);
    }

    private static View of(
        Instrument it,
        @Nullable String underlying,
        @Nullable LocalDate expiry,
        @Nullable BigDecimal strike,
        @Nullable String right,
        @Nullable BigDecimal lot) {
      return new View(
          it.symbol(),
          it.key(),
          it.segment(),
          it.securityId(),
          it.name(),
          it.type(),
          it.tickSize(),
          underlying,
          expiry,
          strike,
          right,
          lot);
    }
  }

  private record Answer(List<View> instruments, int count) {}

  private void search(Context ctx) {
    Query query = new Query(ctx);
    int limit = query.number("limit", RESULTS, MAX_RESULTS);
    List<View> found = instruments.search(asked(query), limit).stream().map(View::of).toList();
    ctx.json(new Answer(found, found.size()));
  }

  private static InstrumentQuery asked(Query query) {
    return new InstrumentQuery(
        query.text("q", MAX_QUERY),
        underlying(query).orElse(null),
        query.date("expiry").orElse(null),
        query.positive("strike").orElse(null),
        query.choice("right", RIGHTS).orElse(null));
  }

  private static Optional<String> underlying(Query query) {
    Optional<String> underlying = query.text("underlying");
    underlying
        .filter(text -> !Reference.isValidPart(text))
        .ifPresent(text -> {
          throw Query.wrong("underlying", text, "a symbol such as NIFTY");
        });
    return underlying;
  }
}
