package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * When markets trade. It answers for a venue, which is a class of market at an exchange, and for an
 * instant or for a date on the exchange's own clock. Where its rules end, and for venues that it
 * doesn't list, the answer is that nothing is known; it never takes a weekday for a trading day.
 *
 * <p>Immutable; may be used from any thread. A question costs a few microseconds: callers that ask
 * for each tick keep the answer until its end.
 */
public final class TradingCalendar {

  private static final VenueHours UNLISTED = new VenueHours.Unlisted();

  private final CompletableFuture<Rules> rules;

  /** The rules of all exchanges, and the hours of all venues that follow from them. */
  private record Rules(Map<String, ExchangeRules> exchanges, Map<Venue, VenueHours> hours) {

    private static Rules of(Collection<? extends ExchangeRules> all) {
      Rules made = new Rules(new TreeMap<>(), new LinkedHashMap<>());
      for (ExchangeRules rules : all) {
        if (made.exchanges.put(rules.exchange(), rules) != null) {
          throw new IllegalArgumentException("the exchange %s twice".formatted(rules.exchange()));
        }
        made.add(rules);
      }
      return made;
    }

    private void add(ExchangeRules rules) {
      switch (rules) {
        case ExchangeRules.RoundTheClock round ->
            hours.put(
                new Venue(round.exchange(), MarketClass.ALWAYS),
                new RoundTheClockHours(round.expiry()));
        case ExchangeRules.Scheduled scheduled ->
            scheduled
                .timetables()
                .forEach((marketClass, timetables) ->
                    hours.put(
                        new Venue(scheduled.exchange(), marketClass),
                        new ScheduledHours(scheduled, marketClass, timetables)));
      }
    }
  }

  /**
   * The calendar of these exchanges.
   *
   * @throws IllegalArgumentException if an exchange is given twice
   */
  public TradingCalendar(Collection<? extends ExchangeRules> exchanges) {
    this(CompletableFuture.completedFuture(Rules.of(exchanges)));
  }

  private TradingCalendar(CompletableFuture<Rules> rules) {
    this.rules = rules;
  }

  /**
   * The calendar of exchanges whose rules are still being read: the first to ask it waits for them.
   *
   * @param exchanges must not fail: each question would
   */
  public static TradingCalendar of(
      CompletableFuture<? extends Collection<? extends ExchangeRules>> exchanges) {
    return new TradingCalendar(exchanges.thenApply(Rules::of));
  }

  /** The phase at an instant, with its limits: the phases of a venue follow without a gap. */
  public PhaseSpan phase(Venue venue, Instant instant) {
    return of(venue).phase(instant);
  }

  /** The phase after the one at an instant; empty if that one never ends. */
  public Optional<PhaseSpan> nextPhase(Venue venue, Instant instant) {
    return Optional.ofNullable(phase(venue, instant).until()).map(end -> phase(venue, end));
  }

  /** The step of an auction at an instant, where the phase has steps. */
  public Optional<StepSpan> step(Venue venue, Instant instant) {
    return of(venue).step(instant);
  }

  /**
   * The session that holds an instant, its closing auction included, or else the next one; empty if
   * the instant is not covered, or no session follows that is.
   */
  public Optional<TradingSession> session(Venue venue, Instant instant) {
    return of(venue).session(instant);
  }

  /** The sessions of a date, in order; none if the market is closed, or the date not covered. */
  public List<TradingSession> sessions(Venue venue, LocalDate date) {
    return of(venue).sessions(date);
  }

  /**
   * The sessions that a date has if it is a usual trading day, by the timetable in force or else
   * the earliest one. It also answers for dates that are not covered; none if the venue is not
   * listed.
   */
  public List<TradingSession> usualSessions(Venue venue, LocalDate date) {
    return of(venue).usualSessions(date);
  }

  /**
   * The sessions of a date as one, from the first open to the last close: what a bar of a day
   * covers.
   */
  public Optional<TradingSession> wholeDay(Venue venue, LocalDate date) {
    List<TradingSession> sessions = sessions(venue, date);
    return sessions.isEmpty()
        ? Optional.empty()
        : Optional.of(sessions.getFirst().joinedWith(sessions.getLast()));
  }

  public DayStatus status(Venue venue, LocalDate date) {
    return of(venue).status(date);
  }

  /** Whether it is known that the market trades on a date. */
  public boolean isTradingDay(Venue venue, LocalDate date) {
    return status(venue, date) == DayStatus.TRADING;
  }

  /** The last trading day before a date; empty if there is none, as far as is known. */
  public Optional<LocalDate> previousTradingDay(Venue venue, LocalDate date) {
    return of(venue).previousTradingDay(date);
  }

  /** The first trading day after a date; empty if there is none, as far as is known. */
  public Optional<LocalDate> nextTradingDay(Venue venue, LocalDate date) {
    return of(venue).nextTradingDay(date);
  }

  /**
   * The instant at which a contract stops trading on its last day; empty if that is no trading day,
   * or not covered.
   */
  public Optional<Instant> lastTrade(Venue venue, UnderlyingKind underlying, LocalDate expiry) {
    return of(venue).lastTrade(underlying, expiry);
  }

  /**
   * The instant at which the value of a contract is fixed, and to which its time to expiry runs. It
   * also answers for dates that are not covered, by the latest rules; it is empty for a venue that
   * is not listed, or that has no contracts.
   */
  public Optional<Instant> settlement(Venue venue, LocalDate expiry) {
    return of(venue).settlement(expiry);
  }

  /**
   * The begin of the time up to the settlement whose average the contract settles at; empty if it
   * settles at a single value. Greeks in this time are approximate.
   */
  public Optional<Instant> averageFrom(Venue venue, UnderlyingKind underlying, LocalDate expiry) {
    return of(venue).averageFrom(underlying, expiry);
  }

  /** The date on the exchange's clock; that of UTC if the venue is not listed. */
  public LocalDate date(Venue venue, Instant instant) {
    return LocalDate.ofInstant(instant, of(venue).zone());
  }

  /** The names of all exchanges, in order. */
  public List<String> exchanges() {
    return List.copyOf(rules.join().exchanges.keySet());
  }

  /** The venues of an exchange, by class; none if it is not listed. */
  public List<Venue> venues(String exchange) {
    return rules.join().hours.keySet().stream()
        .filter(venue -> venue.exchange().equals(exchange))
        .sorted(Comparator.comparing(Venue::marketClass))
        .toList();
  }

  /** The zone of an exchange's clock; UTC if it is not listed. */
  public ZoneId zone(String exchange) {
    return rules.join().exchanges.get(exchange) instanceof ExchangeRules.Scheduled scheduled
        ? scheduled.zone()
        : ZoneOffset.UTC;
  }

  /** The last date that an exchange's rules cover; empty if they have no end. */
  public Optional<LocalDate> validUntil(String exchange) {
    return rules.join().exchanges.get(exchange) instanceof ExchangeRules.Scheduled scheduled
        ? Optional.of(scheduled.last())
        : Optional.empty();
  }

  private VenueHours of(Venue venue) {
    return rules.join().hours.getOrDefault(venue, UNLISTED);
  }
}
