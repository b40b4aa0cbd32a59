package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tapeline.market.session.CalendarWords;
import dev.tapeline.market.session.PhaseSpan;
import dev.tapeline.market.session.StepSpan;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.Venue;
import dev.tapeline.rest.http.Query;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the phase and the session of markets, now or at another instant. */
final class SessionApi {

  private final TradingCalendar calendar;
  private final InstantSource clock;

  SessionApi(TradingCalendar calendar, InstantSource clock) {
    this.calendar = calendar;
    this.clock = clock;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/session", this::session);
  }

  private record Answer(String at, List<ExchangeView> exchanges) {}

  /**
   * An exchange.
   *
   * @param date at the instant, on the exchange's clock
   * @param validUntil the last date that is known; null if there is no end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ExchangeView(
      String exchange,
      String zone,
      String date,
      @Nullable String validUntil,
      List<ClassView> classes) {}

  /** A class of market. Limits of its phase, and a next one, are left out where there are none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ClassView(
      @JsonProperty("class") String marketClass,
      String phase,
      @Nullable String since,
      @Nullable String until,
      @Nullable StepView step,
      @Nullable NextView next,
      @Nullable SessionView session) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record StepView(String step, String since, String until, @Nullable String mayEndFrom) {

    static StepView of(StepSpan it) {
      return new StepView(
          CalendarWords.word(it.step()),
          it.since().toString(),
          it.until().toString(),
          textOf(it.mayEndFrom()));
    }
  }

  private record NextView(String phase, @Nullable String since) {

    static NextView of(PhaseSpan it) {
      return new NextView(CalendarWords.word(it.phase()), textOf(it.since()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SessionView(
      String date,
      String name,
      @Nullable String occasion,
      boolean provisional,
      String open,
      String close,
      String end) {

    static SessionView of(TradingSession it) {
      return new SessionView(
          it.date().toString(),
          it.name(),
          it.occasion(),
          it.provisional(),
          it.open().toString(),
          it.close().toString(),
          it.end().toString());
    }
  }

  private static @Nullable String textOf(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private void session(Context ctx) {
    Query query = new Query(ctx);
    Instant at = query.instant("at", clock.instant());
    List<String> asked =
        query.text("exchange").isPresent() ? List.of(exchange(query)) : calendar.exchanges();
    ctx.json(new Answer(at.toString(), asked.stream().map(name -> view(name, at)).toList()));
  }

  private String exchange(Query query) {
    return query.choice(
        "exchange",
        "",
        calendar.exchanges().stream()
            .collect(Collectors.toMap(Function.identity(), Function.identity())));
  }

  private ExchangeView view(String exchange, Instant at) {
    return new ExchangeView(
        exchange,
        calendar.zone(exchange).getId(),
        LocalDate.ofInstant(at, calendar.zone(exchange)).toString(),
        calendar.validUntil(exchange).map(LocalDate::toString).orElse(null),
        calendar.venues(exchange).stream().map(venue -> view(venue, at)).toList());
  }

  private ClassView view(Venue venue, Instant at) {
    PhaseSpan phase = calendar.phase(venue, at);
    Optional<StepSpan> step = calendar.step(venue, at);
    return new ClassView(
        CalendarWords.word(venue.marketClass()),
        CalendarWords.word(phase.phase()),
        textOf(phase.since()),
        textOf(phase.until()),
        step.map(StepView::of).orElse(null),
        calendar.nextPhase(venue, at).map(NextView::of).orElse(null),
        calendar.session(venue, at).map(SessionView::of).orElse(null));
  }
}
