package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hours of one venue by its exchange's rules. Nothing is known outside of the dates that these
 * cover.
 *
 * @param timetables in the order of their dates
 */
record ScheduledHours(
    ExchangeRules.Scheduled rules, MarketClass marketClass, List<Timetable> timetables)
    implements VenueHours {

  @Override
  public ZoneId zone() {
    return rules.zone();
  }

  @Override
  public PhaseSpan phase(Instant instant) {
    LocalDate date = date(instant);
    if (date.isBefore(rules.first())) {
      return new PhaseSpan(MarketPhase.UNKNOWN, null, begin());
    }
    if (date.isAfter(rules.last())) {
      return new PhaseSpan(MarketPhase.UNKNOWN, end(), null);
    }
    return spans(date).stream()
        .filter(span -> span.contains(instant))
        .findFirst()
        .orElseGet(() ->
            new PhaseSpan(
                MarketPhase.CLOSED, closedSince(instant, date), closedUntil(instant, date)));
  }

  /** The phases of a day, each as one span; the market is closed between them. */
  private List<PhaseSpan> spans(LocalDate date) {
    List<PhaseWindow> windows = windows(date);
    List<PhaseSpan> spans = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < windows.size(); i++) {
      boolean goesOn = i + 1 < windows.size() && windows.get(i).isContinuedBy(windows.get(i + 1));
      if (!goesOn) {
        PhaseWindow begin = windows.get(first);
        spans.add(
            new PhaseSpan(begin.phase(), at(date, begin.from()), at(date, windows.get(i).until())));
        first = i + 1;
      }
    }
    return spans;
  }

  private Instant closedSince(Instant instant, LocalDate date) {
    return Stream.iterate(date, this::covers, day -> day.minusDays(1))
        .flatMap(day -> windows(day).reversed().stream().map(window -> at(day, window.until())))
        .filter(end -> !end.isAfter(instant))
        .findFirst()
        .orElseGet(this::begin);
  }

  private Instant closedUntil(Instant instant, LocalDate date) {
    return Stream.iterate(date, this::covers, day -> day.plusDays(1))
        .flatMap(day -> windows(day).stream().map(window -> at(day, window.from())))
        .filter(begin -> begin.isAfter(instant))
        .findFirst()
        .orElseGet(this::end);
  }

  @Override
  public Optional<StepSpan> step(Instant instant) {
    LocalDate date = date(instant);
    return windows(date).stream()
        .filter(window -> !at(date, window.from()).isAfter(instant))
        .filter(window -> at(date, window.until()).isAfter(instant))
        .flatMap(window -> step(date, window).stream())
        .findFirst();
  }

  private Optional<StepSpan> step(LocalDate date, PhaseWindow window) {
    TimeOfDay mayEndFrom = window.mayEndFrom();
    return Optional.ofNullable(window.step())
        .map(step ->
            new StepSpan(
                step,
                at(date, window.from()),
                at(date, window.until()),
                mayEndFrom == null ? null : at(date, mayEndFrom)));
  }

  @Override
  public DayStatus status(LocalDate date) {
    if (!covers(date)) {
      return DayStatus.UNKNOWN;
    }
    return sessions(date).isEmpty() ? DayStatus.CLOSED : DayStatus.TRADING;
  }

  @Override
  public List<TradingSession> sessions(LocalDate date) {
    return sessions(date, windows(date));
  }

  @Override
  public List<TradingSession> usualSessions(LocalDate date) {
    return sessions(date, timetable(date).windows());
  }

  private List<TradingSession> sessions(LocalDate date, List<PhaseWindow> windows) {
    Map<String, List<PhaseWindow>> byName = new LinkedHashMap<>();
    for (PhaseWindow window : windows) {
      byName.computeIfAbsent(window.session(), _ -> new ArrayList<>()).add(window);
    }
    return byName.entrySet().stream()
        .flatMap(entry -> session(date, entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  /** The session that the windows make; empty if there is no continuous trading in them. */
  private Optional<TradingSession> session(LocalDate date, String name, List<PhaseWindow> windows) {
    List<PhaseWindow> open = in(MarketPhase.OPEN, windows);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    List<PhaseWindow> auction = in(MarketPhase.CLOSING_AUCTION, windows);
    SpecialDay special = special(date);
    Instant close = at(date, open.getLast().until());
    return Optional.of(
        new TradingSession(
            date,
            name,
            special == null ? null : special.name(),
            special != null && special.provisional(),
            at(date, open.getFirst().from()),
            close,
            auction.isEmpty() ? close : at(date, auction.getLast().until())));
  }

  private static List<PhaseWindow> in(MarketPhase phase, List<PhaseWindow> windows) {
    return windows.stream().filter(window -> window.phase() == phase).toList();
  }

  @Override
  public Optional<TradingSession> session(Instant instant) {
    return Stream.iterate(date(instant), this::covers, day -> day.plusDays(1))
        .flatMap(day -> sessions(day).stream())
        .filter(session -> session.end().isAfter(instant))
        .findFirst();
  }

  @Override
  public Optional<LocalDate> previousTradingDay(LocalDate date) {
    return Stream.iterate(date.minusDays(1), this::covers, day -> day.minusDays(1))
        .filter(day -> status(day) == DayStatus.TRADING)
        .findFirst();
  }

  @Override
  public Optional<LocalDate> nextTradingDay(LocalDate date) {
    return Stream.iterate(date.plusDays(1), this::covers, day -> day.plusDays(1))
        .filter(day -> status(day) == DayStatus.TRADING)
        .findFirst();
  }

  @Override
  public Optional<Instant> lastTrade(UnderlyingKind underlying, LocalDate expiry) {
    List<TradingSession> sessions = sessions(expiry);
    if (sessions.isEmpty()) {
      return Optional.empty();
    }
    Instant close = sessions.getLast().close();
    TimeOfDay stop = timetable(expiry).expiry().indexLastTrade();
    if (underlying != UnderlyingKind.INDEX || stop == null || hasOwnHours(expiry)) {
      return Optional.of(close);
    }
    Instant stopped = at(expiry, stop);
    boolean isInSession = stopped.isAfter(sessions.getFirst().open()) && stopped.isBefore(close);
    return Optional.of(isInSession ? stopped : close);
  }

  private boolean hasOwnHours(LocalDate date) {
    SpecialDay special = special(date);
    return special != null && !special.windows().isEmpty();
  }

  /** The settlement by the rules in force, also on a date that is not covered. */
  @Override
  public Optional<Instant> settlement(LocalDate expiry) {
    Timetable timetable = timetable(expiry);
    TimeOfDay settlement = timetable.expiry().settlement();
    return Optional.of(at(expiry, settlement == null ? timetable.close() : settlement));
  }

  @Override
  public Optional<Instant> averageFrom(UnderlyingKind underlying, LocalDate expiry) {
    TimeOfDay from = timetable(expiry).expiry().indexAverageFrom();
    return underlying == UnderlyingKind.INDEX && from != null
        ? Optional.of(at(expiry, from))
        : Optional.empty();
  }

  /** The windows of a date; none if the market is closed all day, or the date not covered. */
  private List<PhaseWindow> windows(LocalDate date) {
    if (!covers(date)) {
      return List.of();
    }
    SpecialDay special = special(date);
    if (special != null) {
      return special.windows().isEmpty() ? timetable(date).windows() : special.windows();
    }
    if (rules.weekend().contains(date.getDayOfWeek())) {
      return List.of();
    }
    ClosedDay holiday = rules.holidays().get(date);
    List<PhaseWindow> regular = timetable(date).windows();
    return holiday == null || !holiday.concerns(marketClass)
        ? regular
        : regular.stream().filter(window -> !holiday.closes(window)).toList();
  }

  private @Nullable SpecialDay special(LocalDate date) {
    SpecialDay special = rules.specials().get(date);
    return special != null && special.concerns(marketClass) ? special : null;
  }

  private Timetable timetable(LocalDate date) {
    return timetables.stream()
        .filter(timetable -> !timetable.from().isAfter(date))
        .reduce((_, later) -> later)
        .orElseGet(timetables::getFirst);
  }

  private boolean covers(LocalDate date) {
    return !date.isBefore(rules.first()) && !date.isAfter(rules.last());
  }

  private LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, zone());
  }

  private Instant at(LocalDate date, TimeOfDay time) {
    return time.on(date, zone());
  }

  private Instant begin() {
    return rules.first().atStartOfDay(zone()).toInstant();
  }

  private Instant end() {
    return rules.last().plusDays(1).atStartOfDay(zone()).toInstant();
  }
}
