package dev.tapeline.server.calendar;

import static dev.tapeline.server.calendar.India.CASH;
import static dev.tapeline.server.calendar.India.CASH_FNO;
import static dev.tapeline.server.calendar.India.COMMODITY;
import static dev.tapeline.server.calendar.India.CURRENCY;
import static dev.tapeline.server.calendar.India.DERIVATIVES;
import static dev.tapeline.server.calendar.India.INDEX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.session.DayStatus;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseSpan;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.UnderlyingKind;
import dev.tapeline.market.session.Venue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trading days of the built-in calendar, its end, and the last days of contracts. */
class BuiltInDaysTest {

  private static final List<String> HOLIDAYS =
      List.of(
          "2026-01-15",
          "2026-01-26",
          "2026-03-03",
          "2026-03-26",
          "2026-03-31",
          "2026-04-03",
          "2026-04-14",
          "2026-05-01",
          "2026-05-28",
          "2026-06-26",
          "2026-09-14",
          "2026-10-02",
          "2026-10-20",
          "2026-11-10",
          "2026-11-24",
          "2026-12-25");

  private final TradingCalendar calendar = CalendarFile.builtIn();

  /** The weekdays of 2026 on which a market does not trade, even for half a day. */
  private List<String> holidays(Venue venue) {
    return days()
        .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
        .filter(date -> calendar.status(venue, date) == DayStatus.CLOSED)
        .map(LocalDate::toString)
        .toList();
  }

  private List<String> openWeekends(Venue venue) {
    return days()
        .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0)
        .filter(date -> calendar.isTradingDay(venue, date))
        .map(LocalDate::toString)
        .toList();
  }

  private static Stream<LocalDate> days() {
    LocalDate first = LocalDate.of(2026, 1, 1);
    return first.datesUntil(first.plusYears(1));
  }

  @Test
  void sharesIndicesAndTheirDerivativesHaveSixteenHolidays() {
    for (Venue venue : List.of(CASH, CASH_FNO, INDEX, DERIVATIVES)) {
      assertEquals(HOLIDAYS, holidays(venue));
      assertEquals(HOLIDAYS, holidays(India.atBse(venue)));
      assertEquals(List.of("2026-02-01", "2026-11-08"), openWeekends(venue));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-19", "2026-03-19", "2026-04-01", "2026-08-26"})
  void daysWithoutSettlementAreTradingDaysOfShares(String date) {
    assertTrue(calendar.isTradingDay(CASH, LocalDate.parse(date)));
    assertTrue(calendar.isTradingDay(DERIVATIVES, LocalDate.parse(date)));
    assertEquals(DayStatus.CLOSED, calendar.status(CURRENCY, LocalDate.parse(date)));
  }

  @Test
  void currencyHasTwentyHolidaysAndCommoditiesFour() {
    assertEquals(20, holidays(CURRENCY).size());
    assertTrue(holidays(CURRENCY).containsAll(HOLIDAYS));
    assertEquals(
        List.of("2026-01-26", "2026-04-03", "2026-10-02", "2026-12-25"), holidays(COMMODITY));
    assertEquals(List.of("2026-11-08"), openWeekends(COMMODITY));
  }

  @Test
  void theCalendarIsUnknownBeforeAndAfterItsYear() {
    Instant begin = India.at("2026-01-01", "00:00");
    Instant end = India.at("2027-01-01", "00:00");
    for (String exchange : List.of("NSE", "BSE", "MCX")) {
      for (Venue venue : calendar.venues(exchange)) {
        assertEquals(
            new PhaseSpan(MarketPhase.UNKNOWN, null, begin),
            calendar.phase(venue, begin.minusNanos(1)));
        assertEquals(
            new PhaseSpan(MarketPhase.UNKNOWN, end, null),
            calendar.phase(venue, India.at("2027-01-04", "10:00")));
        assertEquals(Optional.of(LocalDate.of(2026, 12, 31)), calendar.validUntil(exchange));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INDEX, 2026-07-28, 15:30",
    "STOCK, 2026-07-28, 15:30",
    "INDEX, 2026-08-04, 15:40",
    "STOCK, 2026-08-25, 15:40",
    "INDEX, 2026-11-23, 15:40",
    "INDEX, 2026-12-01, 15:40",
    "INDEX, 2026-12-08, 15:30",
    "STOCK, 2026-12-29, 15:45",
    "INDEX, 2026-12-29, 15:30",
    "INDEX, 2026-12-10, 15:30"
  })
  void contractsStopTradingByTheRulesOfTheirDay(
      UnderlyingKind underlying, String expiry, String time) {
    LocalDate date = LocalDate.parse(expiry);
    Optional<Instant> expected = Optional.of(India.at(date, time));
    assertEquals(expected, calendar.lastTrade(DERIVATIVES, underlying, date));
    assertEquals(expected, calendar.lastTrade(India.atBse(DERIVATIVES), underlying, date));
    assertEquals(Optional.of(India.at(date, "15:30")), calendar.settlement(DERIVATIVES, date));
  }

  @Test
  void otherIndexContractsTradeToTheCloseOnAnExpiryDay() {
    assertEquals(
        MarketPhase.OPEN, calendar.phase(DERIVATIVES, India.at("2026-12-08", "15:44:59")).phase());
  }

  @Test
  void indexContractsSettleAtAnAverageFromDecember() {
    LocalDate before = LocalDate.of(2026, 12, 1);
    LocalDate after = LocalDate.of(2026, 12, 8);
    assertEquals(Optional.empty(), calendar.averageFrom(DERIVATIVES, UnderlyingKind.INDEX, before));
    assertEquals(
        Optional.of(India.at(after, "15:00")),
        calendar.averageFrom(DERIVATIVES, UnderlyingKind.INDEX, after));
  }

  @Test
  void contractsOfLaterYearsHaveASettlementButNoLastTrade() {
    LocalDate expiry = LocalDate.of(2031, 6, 24);
    assertEquals(Optional.of(India.at(expiry, "15:30")), calendar.settlement(DERIVATIVES, expiry));
    assertEquals(Optional.empty(), calendar.lastTrade(DERIVATIVES, UnderlyingKind.INDEX, expiry));
    Venue deribit = calendar.venues("DERIBIT").getFirst();
    assertEquals(
        Optional.of(Instant.parse("2031-06-24T08:00:00Z")), calendar.settlement(deribit, expiry));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24, 2026-11-23",
    "2026-03-31, 2026-03-30",
    "2026-11-09, 2026-11-08",
    "2026-02-02, 2026-02-01",
    "2026-12-28, 2026-12-24",
    "2026-12-07, 2026-12-04",
    "2027-01-01, 2026-12-31"
  })
  void previousTradingDaysLeaveOutHolidaysAndWeekends(String date, String previous) {
    assertEquals(
        Optional.of(LocalDate.parse(previous)),
        calendar.previousTradingDay(CASH, LocalDate.parse(date)));
  }

  @Test
  void theSessionOfTheBudgetIsARegularOneOnASunday() {
    LocalDate date = LocalDate.of(2026, 2, 1);
    assertEquals(
        List.of(
            new TradingSession(
                date,
                "regular",
                "Union Budget",
                false,
                India.at(date, "09:15"),
                India.at(date, "15:30"),
                India.at(date, "15:30"))),
        calendar.sessions(CASH, date));
    assertEquals(DayStatus.CLOSED, calendar.status(CURRENCY, date));
  }

  @Test
  void aSessionEndsWithItsAuction() {
    LocalDate date = LocalDate.of(2026, 12, 7);
    TradingSession session = calendar.session(INDEX, India.at(date, "15:39:59")).orElseThrow();
    assertEquals(
        List.of(India.at(date, "09:15"), India.at(date, "15:30"), India.at(date, "15:40")),
        List.of(session.open(), session.close(), session.end()));
  }
}
