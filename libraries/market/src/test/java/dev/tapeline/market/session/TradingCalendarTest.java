package dev.tapeline.market.session;

import static dev.tapeline.market.session.Rules.CASH;
import static dev.tapeline.market.session.Rules.COMMODITY;
import static dev.tapeline.market.session.Rules.DERIVATIVES;
import static dev.tapeline.market.session.Rules.at;
import static dev.tapeline.market.session.Rules.day;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TradingCalendarTest {

  private static final Instant BEGIN = at(1, "00:00");
  private static final Instant END = BEGIN.plusSeconds(21 * 86_400);
  private static final Venue COIN = new Venue("DERIBIT", MarketClass.ALWAYS);
  private static final Venue NOWHERE = new Venue("NOWHERE", MarketClass.CASH);

  private final TradingCalendar calendar = Rules.calendar();

  /** The phases from an instant on, each found as the next one. */
  private List<PhaseSpan> phases(Venue venue, Instant from, int count) {
    List<PhaseSpan> phases = new ArrayList<>();
    Optional<PhaseSpan> phase = Optional.of(calendar.phase(venue, from));
    while (phase.isPresent() && phases.size() < count) {
      phases.add(phase.get());
      Instant end = phase.get().until();
      phase = end == null ? Optional.empty() : Optional.of(calendar.phase(venue, end));
    }
    return phases;
  }

  private static PhaseSpan span(
      MarketPhase phase, @Nullable Instant since, @Nullable Instant until) {
    return new PhaseSpan(phase, since, until);
  }

  @Test
  void aDayHasItsPhasesInOrder() {
    assertEquals(
        List.of(
            span(MarketPhase.CLOSED, at(1, "16:00"), at(2, "09:00")),
            span(MarketPhase.PRE_OPEN, at(2, "09:00"), at(2, "09:15")),
            span(MarketPhase.OPEN, at(2, "09:15"), at(2, "15:30")),
            span(MarketPhase.CLOSING_AUCTION, at(2, "15:30"), at(2, "15:40")),
            span(MarketPhase.CLOSED, at(2, "15:40"), at(2, "15:50")),
            span(MarketPhase.POST_CLOSE, at(2, "15:50"), at(2, "16:00")),
            span(MarketPhase.CLOSED, at(2, "16:00"), at(4, "09:00"))),
        phases(CASH, at(2, "00:00"), 7));
  }

  @Test
  void aPhaseBeginsWithItsFirstInstantAndEndsBeforeTheNextOne() {
    PhaseSpan open = span(MarketPhase.OPEN, at(2, "09:15"), at(2, "15:30"));
    assertEquals(open, calendar.phase(CASH, at(2, "09:15:00")));
    assertEquals(open, calendar.phase(CASH, at(2, "15:30:00").minusNanos(1)));
    assertEquals(
        MarketPhase.PRE_OPEN, calendar.phase(CASH, at(2, "09:15:00").minusNanos(1)).phase());
    assertEquals(MarketPhase.CLOSING_AUCTION, calendar.phase(CASH, at(2, "15:30:00")).phase());
    assertEquals(
        Optional.of(MarketPhase.CLOSING_AUCTION),
        calendar.nextPhase(CASH, at(2, "12:00")).map(PhaseSpan::phase));
  }

  @Test
  void anAuctionHasSteps() {
    assertEquals(
        Optional.of(
            new StepSpan(PhaseStep.ORDER_ENTRY, at(2, "09:00"), at(2, "09:10"), at(2, "09:08"))),
        calendar.step(CASH, at(2, "09:09:59")));
    assertEquals(
        Optional.of(new StepSpan(PhaseStep.BUFFER, at(2, "09:10"), at(2, "09:15"), null)),
        calendar.step(CASH, at(2, "09:10")));
    assertEquals(Optional.empty(), calendar.step(CASH, at(2, "09:15")));
    assertEquals(Optional.empty(), calendar.step(CASH, at(2, "20:00")));
  }

  @Test
  void sessionsThatFollowEachOtherAreOnePhase() {
    assertEquals(
        List.of(
            span(MarketPhase.CLOSED, at(1, "23:30"), at(2, "08:45")),
            span(MarketPhase.CANCEL_ONLY, at(2, "08:45"), at(2, "08:59")),
            span(MarketPhase.CLOSED, at(2, "08:59"), at(2, "09:00")),
            span(MarketPhase.OPEN, at(2, "09:00"), at(2, "23:30")),
            span(MarketPhase.CLOSED, at(2, "23:30"), at(4, "17:00")),
            span(MarketPhase.OPEN, at(4, "17:00"), at(4, "23:30")),
            span(MarketPhase.CLOSED, at(4, "23:30"), at(8, "08:45"))),
        phases(COMMODITY, at(2, "00:00"), 7));
  }

  @Test
  void whatIsNotCoveredIsUnknownAndNeverAWeekday() {
    assertEquals(
        List.of(
            span(MarketPhase.UNKNOWN, null, BEGIN),
            span(MarketPhase.CLOSED, BEGIN, at(1, "09:00"))),
        phases(CASH, BEGIN.minusSeconds(1), 2));
    assertEquals(
        List.of(
            span(MarketPhase.CLOSED, at(19, "16:00"), END), span(MarketPhase.UNKNOWN, END, null)),
        phases(CASH, at(20, "12:00"), 9));
    LocalDate monday = day(22);
    assertEquals(DayStatus.UNKNOWN, calendar.status(CASH, monday));
    assertFalse(calendar.isTradingDay(CASH, monday));
    assertEquals(List.of(), calendar.sessions(CASH, monday));
    assertEquals(Optional.empty(), calendar.session(CASH, at(22, "10:00")));
    assertEquals(Optional.empty(), calendar.session(CASH, at(19, "15:40")));
    assertEquals(Optional.empty(), calendar.lastTrade(DERIVATIVES, UnderlyingKind.STOCK, monday));
    assertEquals(Optional.empty(), calendar.previousTradingDay(CASH, day(23)));
    assertEquals(Optional.empty(), calendar.previousTradingDay(CASH, day(1)));
    assertEquals(Optional.empty(), calendar.nextTradingDay(CASH, day(19)));
    assertEquals(Optional.of(day(19)), calendar.previousTradingDay(CASH, monday));
    assertEquals(Optional.of(day(21)), calendar.validUntil("X"));
  }

  @Test
  void unlistedMarketsAreUnknown() {
    assertEquals(
        List.of(span(MarketPhase.UNKNOWN, null, null)), phases(NOWHERE, at(2, "10:00"), 9));
    assertEquals(Optional.empty(), calendar.nextPhase(NOWHERE, at(2, "10:00")));
    assertEquals(DayStatus.UNKNOWN, calendar.status(NOWHERE, day(2)));
    assertEquals(List.of(), calendar.sessions(NOWHERE, day(2)));
    assertEquals(Optional.empty(), calendar.session(NOWHERE, at(2, "10:00")));
    assertEquals(Optional.empty(), calendar.settlement(NOWHERE, day(2)));
    assertEquals(Optional.empty(), calendar.previousTradingDay(NOWHERE, day(2)));
    assertEquals(day(2), calendar.date(NOWHERE, at(2, "10:00")));
    assertEquals(List.of(), calendar.venues("NOWHERE"));
    assertEquals(
        MarketPhase.UNKNOWN,
        calendar.phase(new Venue("X", MarketClass.CURRENCY), at(2, "10:00")).phase());
  }

  @Test
  void sessionsHoldTheirAuction() {
    TradingSession session =
        new TradingSession(
            day(2), "regular", null, false, at(2, "09:15"), at(2, "15:30"), at(2, "15:40"));
    assertEquals(List.of(session), calendar.sessions(CASH, day(2)));
    for (Instant instant : List.of(at(1, "15:40"), at(2, "09:15"), at(2, "15:39:59"))) {
      assertEquals(Optional.of(session), calendar.session(CASH, instant));
    }
    assertEquals(
        Optional.of(day(4)), calendar.session(CASH, at(2, "15:40")).map(TradingSession::date));
  }

  @Test
  void aDayMayHaveSeveralSessions() {
    TradingSession morning =
        new TradingSession(
            day(2), "morning", null, false, at(2, "09:00"), at(2, "17:00"), at(2, "17:00"));
    TradingSession evening =
        new TradingSession(
            day(2), "evening", null, false, at(2, "17:00"), at(2, "23:30"), at(2, "23:30"));
    assertEquals(List.of(morning, evening), calendar.sessions(COMMODITY, day(2)));
    assertEquals(Optional.of(morning), calendar.session(COMMODITY, at(2, "16:59:59")));
    assertEquals(Optional.of(evening), calendar.session(COMMODITY, at(2, "17:00")));
    assertEquals(
        Optional.of(
            new TradingSession(
                day(2), "regular", null, false, at(2, "09:00"), at(2, "23:30"), at(2, "23:30"))),
        calendar.wholeDay(COMMODITY, day(2)));
    assertEquals(Optional.of("evening"), calendar.wholeDay(COMMODITY, day(4)).map(it -> it.name()));
    assertEquals(Optional.empty(), calendar.wholeDay(COMMODITY, day(6)));
  }

  @Test
  void holidaysCloseTheirMarketsOnly() {
    assertEquals(DayStatus.CLOSED, calendar.status(CASH, day(3)));
    assertEquals(DayStatus.CLOSED, calendar.status(COMMODITY, day(3)));
    assertTrue(calendar.isTradingDay(CASH, day(5)));
    assertEquals(DayStatus.CLOSED, calendar.status(COMMODITY, day(5)));
    assertEquals(Optional.of(day(2)), calendar.previousTradingDay(CASH, day(4)));
    assertEquals(Optional.of(day(8)), calendar.nextTradingDay(COMMODITY, day(4)));
  }

  @Test
  void specialDaysComeBeforeWeekends() {
    assertTrue(calendar.isTradingDay(CASH, day(7)));
    assertEquals(DayStatus.CLOSED, calendar.status(COMMODITY, day(7)));
    assertEquals(
        Optional.of("Budget"), calendar.session(CASH, at(7, "10:00")).map(it -> it.occasion()));
    assertEquals(MarketPhase.CLOSING_AUCTION, calendar.phase(CASH, at(7, "15:30")).phase());
    assertEquals(
        List.of(
            new TradingSession(
                day(14),
                "muhurat",
                "Muhurat",
                true,
                at(14, "18:15"),
                at(14, "19:15"),
                at(14, "19:15"))),
        calendar.sessions(DERIVATIVES, day(14)));
    assertEquals(
        span(MarketPhase.CLOSED, at(12, "15:45"), at(14, "18:15")),
        calendar.phase(DERIVATIVES, at(14, "10:00")));
  }

  @Test
  void contractsEndByTheRulesOfTheirLastDay() {
    assertEquals(
        Optional.of(at(9, "15:40")), calendar.lastTrade(DERIVATIVES, UnderlyingKind.INDEX, day(9)));
    assertEquals(
        Optional.of(at(10, "15:30")),
        calendar.lastTrade(DERIVATIVES, UnderlyingKind.INDEX, day(10)));
    assertEquals(
        Optional.of(at(10, "15:45")),
        calendar.lastTrade(DERIVATIVES, UnderlyingKind.STOCK, day(10)));
    assertEquals(
        Optional.of(at(14, "19:15")),
        calendar.lastTrade(DERIVATIVES, UnderlyingKind.INDEX, day(14)));
    assertEquals(Optional.empty(), calendar.lastTrade(DERIVATIVES, UnderlyingKind.INDEX, day(13)));
    assertEquals(Optional.empty(), calendar.averageFrom(DERIVATIVES, UnderlyingKind.INDEX, day(9)));
    assertEquals(
        Optional.of(at(10, "15:00")),
        calendar.averageFrom(DERIVATIVES, UnderlyingKind.INDEX, day(10)));
    assertEquals(
        Optional.empty(), calendar.averageFrom(DERIVATIVES, UnderlyingKind.STOCK, day(10)));
  }

  @Test
  void settlementIsKnownForDatesThatAreNotCovered() {
    for (int day : List.of(2, 10, 13, 30)) {
      assertEquals(Optional.of(at(day, "15:30")), calendar.settlement(DERIVATIVES, day(day)));
    }
    assertEquals(Optional.of(at(2, "23:30")), calendar.settlement(COMMODITY, day(2)));
  }

  @Test
  void someMarketsNeverClose() {
    Instant instant = Instant.parse("2031-05-04T23:59:59Z");
    LocalDate date = LocalDate.of(2031, 5, 4);
    Instant open = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    TradingSession day =
        new TradingSession(
            date, "regular", null, false, open, open.plusSeconds(86_400), open.plusSeconds(86_400));
    assertEquals(List.of(span(MarketPhase.OPEN, null, null)), phases(COIN, instant, 9));
    assertEquals(Optional.empty(), calendar.nextPhase(COIN, instant));
    assertEquals(Optional.of(day), calendar.session(COIN, instant));
    assertEquals(List.of(day), calendar.sessions(COIN, date));
    assertTrue(calendar.isTradingDay(COIN, date));
    assertEquals(Optional.of(date.minusDays(1)), calendar.previousTradingDay(COIN, date));
    assertEquals(Optional.of(date.plusDays(1)), calendar.nextTradingDay(COIN, date));
    Optional<Instant> end = Optional.of(Instant.parse("2031-05-04T08:00:00Z"));
    assertEquals(end, calendar.settlement(COIN, date));
    assertEquals(end, calendar.lastTrade(COIN, UnderlyingKind.OTHER, date));
    assertEquals(Optional.empty(), calendar.averageFrom(COIN, UnderlyingKind.INDEX, date));
    assertEquals(Optional.empty(), calendar.validUntil("DERIBIT"));
  }

  @Test
  void exchangesAndVenuesAreListed() {
    assertEquals(List.of("DERIBIT", "X"), calendar.exchanges());
    assertEquals(List.of(CASH, DERIVATIVES, COMMODITY), calendar.venues("X"));
    assertEquals(Rules.ZONE, calendar.zone("X"));
    assertEquals(ZoneOffset.UTC, calendar.zone("DERIBIT"));
    ExchangeRules twice = new ExchangeRules.RoundTheClock("A", ExpiryTimes.AS_OTHER_DAYS);
    assertThrows(IllegalArgumentException.class, () -> new TradingCalendar(List.of(twice, twice)));
  }

  @Test
  void whoeverAsksTooEarlyWaitsForTheRules() {
    CompletableFuture<List<ExchangeRules>> rules = new CompletableFuture<>();
    TradingCalendar later = TradingCalendar.of(rules);
    CompletableFuture<MarketPhase> asked =
        CompletableFuture.supplyAsync(() -> later.phase(COIN, BEGIN).phase());
    assertFalse(asked.isDone());
    rules.complete(List.of(new ExchangeRules.RoundTheClock("DERIBIT", ExpiryTimes.AS_OTHER_DAYS)));
    assertEquals(MarketPhase.OPEN, asked.orTimeout(30, TimeUnit.SECONDS).join());
    assertEquals(List.of("DERIBIT"), later.exchanges());
  }

  @Test
  void silenceIsNormalUnlessTheMarketIsOpenOrUnknown() {
    List<MarketPhase> expectsPrices =
        List.of(MarketPhase.values()).stream().filter(phase -> !phase.isSilenceNormal()).toList();
    assertEquals(List.of(MarketPhase.OPEN, MarketPhase.UNKNOWN), expectsPrices);
  }

  @Test
  void usualSessionsAreKnownForDatesThatAreNotCovered() {
    TradingCalendar calendar = Rules.calendar();
    LocalDate before = Rules.FIRST.minusYears(1);
    assertEquals(List.of(), calendar.sessions(Rules.CASH, before));
    TradingSession usual = calendar.usualSessions(Rules.CASH, before).getFirst();
    assertEquals(before.atTime(9, 15).atZone(Rules.ZONE).toInstant(), usual.open());
    assertEquals(before.atTime(15, 40).atZone(Rules.ZONE).toInstant(), usual.end());
    Venue unknown = new Venue("Y", MarketClass.CASH);
    assertEquals(List.of(), calendar.usualSessions(unknown, before));
  }
}
