package dev.tapeline.market.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The laws that hold for every calendar. */
class TradingCalendarLawTest {

  private static final int DAYS = 28;
  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
  private static final Venue VENUE = new Venue("X", MarketClass.EQUITY_DERIVATIVES);
  private static final Instant BEGIN = FIRST.atStartOfDay(Rules.ZONE).toInstant();
  private static final Instant END = FIRST.plusDays(DAYS).atStartOfDay(Rules.ZONE).toInstant();

  /** Windows between random times, of random phases, at least one of them open. */
  @Provide
  Arbitrary<List<PhaseWindow>> windows() {
    Arbitrary<Set<Integer>> minutes =
        Arbitraries.integers().between(0, 24 * 60).set().ofMinSize(2).ofMaxSize(8);
    Arbitrary<List<MarketPhase>> phases =
        Arbitraries.of(
                MarketPhase.PRE_OPEN,
                MarketPhase.CANCEL_ONLY,
                MarketPhase.OPEN,
                MarketPhase.CLOSING_AUCTION,
                MarketPhase.POST_CLOSE)
            .list()
            .ofSize(8);
    Arbitrary<Set<Integer>> gaps = Arbitraries.integers().between(1, 7).set();
    return Combinators.combine(minutes, phases, gaps).as(TradingCalendarLawTest::windows);
  }

  private static List<PhaseWindow> windows(
      Set<Integer> minutes, List<MarketPhase> phases, Set<Integer> gaps) {
    List<Integer> times = List.copyOf(new TreeSet<>(minutes));
    List<PhaseWindow> windows = new ArrayList<>();
    for (int i = 0; i + 1 < times.size(); i++) {
      if (i == 0 || !gaps.contains(i)) {
        windows.add(
            new PhaseWindow(
                i == 0 ? MarketPhase.OPEN : phases.get(i),
                null,
                phases.get(i).name(),
                new TimeOfDay(times.get(i) * 60),
                new TimeOfDay(times.get(i + 1) * 60),
                null));
      }
    }
    return windows;
  }

  @Provide
  Arbitrary<TradingCalendar> calendars() {
    Arbitrary<Set<DayOfWeek>> weekends = Arbitraries.of(DayOfWeek.class).set().ofMaxSize(3);
    Arbitrary<Set<Integer>> days = Arbitraries.integers().between(0, DAYS - 1).set().ofMaxSize(9);
    Arbitrary<Integer> stops = Arbitraries.integers().between(0, 86_400);
    return Combinators.combine(windows(), windows(), windows(), weekends, days, stops)
        .as(TradingCalendarLawTest::calendar);
  }

  private static TradingCalendar calendar(
      List<PhaseWindow> before,
      List<PhaseWindow> after,
      List<PhaseWindow> special,
      Set<DayOfWeek> weekend,
      Set<Integer> days,
      int stop) {
    ExpiryTimes expiry = new ExpiryTimes(null, new TimeOfDay(stop), null);
    Map<LocalDate, ClosedDay> holidays = new HashMap<>();
    Map<LocalDate, SpecialDay> specials = new HashMap<>();
    for (int day : days) {
      LocalDate date = FIRST.plusDays(day);
      switch (day % 3) {
        case 0 -> holidays.put(date, new ClosedDay("all", Set.of(), Set.of()));
        case 1 -> holidays.put(date, new ClosedDay("some", Set.of(), Set.of("OPEN")));
        default -> specials.put(date, new SpecialDay("special", true, Set.of(), special));
      }
    }
    return new TradingCalendar(
        List.of(
            new ExchangeRules.Scheduled(
                "X",
                Rules.ZONE,
                FIRST,
                FIRST.plusDays(DAYS - 1),
                weekend,
                holidays,
                specials,
                Map.of(
                    VENUE.marketClass(),
                    List.of(
                        new Timetable(FIRST.plusDays(11), after, expiry),
                        new Timetable(FIRST, before, expiry))))));
  }

  @Property(tries = 300)
  void phasesTileTimeWithoutGapOrOverlap(@ForAll("calendars") TradingCalendar calendar) {
    Optional<PhaseSpan> phase = Optional.of(calendar.phase(VENUE, BEGIN.minusSeconds(1)));
    assertEquals(new PhaseSpan(MarketPhase.UNKNOWN, null, BEGIN), phase.get());
    Instant end = BEGIN;
    while (end.isBefore(END)) {
      PhaseSpan next = calendar.phase(VENUE, end);
      assertEquals(end, next.since());
      assertNotEquals(MarketPhase.UNKNOWN, next.phase());
      Instant until = next.until();
      assertTrue(until != null && until.isAfter(end), next::toString);
      assertEquals(next, calendar.phase(VENUE, until.minusNanos(1)));
      assertEquals(Optional.of(calendar.phase(VENUE, until)), calendar.nextPhase(VENUE, end));
      end = until;
    }
    assertEquals(new PhaseSpan(MarketPhase.UNKNOWN, END, null), calendar.phase(VENUE, end));
  }

  @Property(tries = 300)
  void aPhaseHoldsTheInstantAndIsTheSameForAllThatItHolds(
      @ForAll("calendars") TradingCalendar calendar,
      @ForAll @LongRange(min = -86_400, max = (DAYS + 1) * 86_400L) long second) {
    Instant instant = BEGIN.plusSeconds(second);
    PhaseSpan phase = calendar.phase(VENUE, instant);
    assertTrue(phase.contains(instant), phase::toString);
    if (phase.since() != null) {
      assertEquals(phase, calendar.phase(VENUE, phase.since()));
    }
  }

  @Property(tries = 300)
  void theMarketIsOpenWithinSessionsOnly(
      @ForAll("calendars") TradingCalendar calendar,
      @ForAll @LongRange(min = 0, max = DAYS * 86_400L - 1) long second) {
    Instant instant = BEGIN.plusSeconds(second);
    boolean isInSession =
        calendar.sessions(VENUE, calendar.date(VENUE, instant)).stream()
            .anyMatch(it -> !instant.isBefore(it.open()) && instant.isBefore(it.close()));
    boolean isOpen = calendar.phase(VENUE, instant).phase() == MarketPhase.OPEN;
    assertTrue(isInSession || !isOpen, () -> "open at " + instant);
  }

  @Property(tries = 300)
  void theSessionOfAnInstantIsTheFirstThatHasNotEnded(
      @ForAll("calendars") TradingCalendar calendar,
      @ForAll @LongRange(min = 0, max = DAYS * 86_400L - 1) long second) {
    Instant instant = BEGIN.plusSeconds(second);
    Optional<TradingSession> first =
        IntStream.range(0, DAYS)
            .mapToObj(day -> calendar.sessions(VENUE, FIRST.plusDays(day)))
            .flatMap(List::stream)
            .filter(it -> it.end().isAfter(instant))
            .findFirst();
    assertEquals(first, calendar.session(VENUE, instant));
  }

  @Property(tries = 300)
  void theLastTradeIsWithinTheSessionsOfItsDay(
      @ForAll("calendars") TradingCalendar calendar,
      @ForAll @IntRange(max = DAYS - 1) int day,
      @ForAll UnderlyingKind underlying) {
    LocalDate date = FIRST.plusDays(day);
    Optional<Instant> last = calendar.lastTrade(VENUE, underlying, date);
    Optional<TradingSession> whole = calendar.wholeDay(VENUE, date);
    assertEquals(whole.isPresent(), last.isPresent());
    if (last.isPresent()) {
      assertTrue(last.get().isAfter(whole.orElseThrow().open()));
      assertFalse(last.get().isAfter(whole.orElseThrow().close()));
    }
  }

  @Property(tries = 300)
  void previousAndNextTradingDaysAreInverse(
      @ForAll("calendars") TradingCalendar calendar, @ForAll @IntRange(max = DAYS - 1) int day) {
    LocalDate date = FIRST.plusDays(day);
    if (calendar.isTradingDay(VENUE, date)) {
      calendar
          .previousTradingDay(VENUE, date)
          .ifPresent(
              before -> assertEquals(Optional.of(date), calendar.nextTradingDay(VENUE, before)));
    }
  }
}
