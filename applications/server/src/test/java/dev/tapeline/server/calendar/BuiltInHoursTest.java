package dev.tapeline.server.calendar;

import static dev.tapeline.server.calendar.India.CASH;
import static dev.tapeline.server.calendar.India.CASH_FNO;
import static dev.tapeline.server.calendar.India.COMMODITY;
import static dev.tapeline.server.calendar.India.CURRENCY;
import static dev.tapeline.server.calendar.India.DERIVATIVES;
import static dev.tapeline.server.calendar.India.INDEX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.session.CalendarWords;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseSpan;
import dev.tapeline.market.session.StepSpan;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hours of the built-in calendar on days of each regime, whole days at a time. */
class BuiltInHoursTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  private final TradingCalendar calendar = CalendarFile.builtIn();

  /** The phases of a day, but for the time that the market is closed: {@code open 09:15-15:30}. */
  private List<String> phases(Venue venue, String date) {
    List<String> phases = new ArrayList<>();
    Instant instant = India.at(date, "00:00");
    Instant end = India.at(LocalDate.parse(date).plusDays(1), "00:00");
    while (instant.isBefore(end)) {
      PhaseSpan phase = calendar.phase(venue, instant);
      if (phase.phase() != MarketPhase.CLOSED) {
        phases.add(
            "%s %s-%s"
                .formatted(
                    CalendarWords.word(phase.phase()), clock(phase.since()), clock(phase.until())));
      }
      instant = phase.until();
    }
    return phases;
  }

  /** The steps of a day's auctions: {@code limit-only 15:25-15:30 from 15:28}. */
  private List<String> steps(Venue venue, String date, MarketPhase phase) {
    List<String> steps = new ArrayList<>();
    for (Instant instant = India.at(date, "08:00");
        instant.isBefore(India.at(date, "16:00"));
        instant = instant.plusSeconds(60)) {
      Instant now = instant;
      calendar
          .step(venue, now)
          .filter(step -> step.since().equals(now))
          .filter(_ -> calendar.phase(venue, now).phase() == phase)
          .map(BuiltInHoursTest::text)
          .ifPresent(steps::add);
    }
    return steps;
  }

  private static String text(StepSpan step) {
    String text =
        "%s %s-%s"
            .formatted(CalendarWords.word(step.step()), clock(step.since()), clock(step.until()));
    return step.mayEndFrom() == null ? text : text + " from " + clock(step.mayEndFrom());
  }

  private static LocalTime clock(Instant instant) {
    return instant.atZone(ZONE).toLocalTime();
  }

  private void assertPhases(Venue venue, String date, String... phases) {
    assertEquals(List.of(phases), phases(venue, date));
    assertEquals(List.of(phases), phases(India.atBse(venue), date));
  }

  private static final String PRE_OPEN = "pre-open 09:00-09:15";

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-02", "2026-02-01", "2026-07-31"})
  void untilAugustAllSharesAndContractsTradeToHalfPastThree(String date) {
    assertPhases(CASH_FNO, date, PRE_OPEN, "open 09:15-15:30", "post-close 15:40-16:00");
    assertPhases(CASH, date, PRE_OPEN, "open 09:15-15:30", "post-close 15:40-16:00");
    assertPhases(INDEX, date, PRE_OPEN, "open 09:15-15:30");
    assertPhases(DERIVATIVES, date, PRE_OPEN, "open 09:15-15:30");
    assertEquals(List.of(), steps(CASH_FNO, date, MarketPhase.CLOSING_AUCTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-08-03", "2026-08-04", "2026-09-07", "2026-12-04"})
  void fromAugustSharesWithDerivativesHaveAClosingAuction(String date) {
    assertPhases(
        CASH_FNO,
        date,
        PRE_OPEN,
        "open 09:15-15:15",
        "closing-auction 15:15-15:35",
        "post-close 15:50-16:00");
    assertPhases(CASH, date, PRE_OPEN, "open 09:15-15:30", "post-close 15:50-16:00");
    assertPhases(INDEX, date, PRE_OPEN, "open 09:15-15:15", "closing-auction 15:15-15:35");
    assertPhases(DERIVATIVES, date, PRE_OPEN, "open 09:15-15:40");
    assertEquals(
        List.of(
            "reference-price 15:15-15:20",
            "order-entry 15:20-15:25",
            "limit-only 15:25-15:30 from 15:28",
            "matching 15:30-15:35"),
        steps(CASH_FNO, date, MarketPhase.CLOSING_AUCTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-07", "2026-12-08", "2026-12-31"})
  void fromDecemberTheAuctionIsLaterAndShorter(String date) {
    assertPhases(
        CASH_FNO,
        date,
        PRE_OPEN,
        "open 09:15-15:30",
        "closing-auction 15:30-15:40",
        "post-close 15:50-16:00");
    assertPhases(CASH, date, PRE_OPEN, "open 09:15-15:30", "post-close 15:50-16:00");
    assertPhases(INDEX, date, PRE_OPEN, "open 09:15-15:30", "closing-auction 15:30-15:40");
    assertPhases(DERIVATIVES, date, PRE_OPEN, "open 09:15-15:45");
    assertEquals(
        List.of(
            "reference-price 15:30-15:31",
            "order-entry 15:31-15:36",
            "limit-only 15:36-15:40 from 15:38"),
        steps(CASH_FNO, date, MarketPhase.CLOSING_AUCTION));
  }

  @Test
  void thePreOpenOfSharesChangesInSeptember() {
    for (Venue venue : List.of(CASH, CASH_FNO)) {
      assertEquals(
          List.of(
              "order-entry 09:00-09:08 from 09:07", "matching 09:08-09:12", "buffer 09:12-09:15"),
          steps(venue, "2026-09-04", MarketPhase.PRE_OPEN));
      assertEquals(
          List.of(
              "order-entry 09:00-09:05",
              "limit-only 09:05-09:10 from 09:08",
              "matching 09:10-09:12",
              "buffer 09:12-09:15"),
          steps(venue, "2026-09-07", MarketPhase.PRE_OPEN));
    }
    assertEquals(
        List.of("order-entry 09:00-09:08", "matching 09:08-09:12", "buffer 09:12-09:15"),
        steps(DERIVATIVES, "2026-09-07", MarketPhase.PRE_OPEN));
  }

  @Test
  void boundariesAreExactToTheSecond() {
    assertEquals(MarketPhase.OPEN, phase(CASH_FNO, "2026-08-04", "15:14:59"));
    assertEquals(MarketPhase.CLOSING_AUCTION, phase(CASH_FNO, "2026-08-04", "15:15:00"));
    assertEquals(MarketPhase.CLOSING_AUCTION, phase(CASH_FNO, "2026-08-04", "15:34:59"));
    assertEquals(MarketPhase.CLOSED, phase(CASH_FNO, "2026-08-04", "15:35:00"));
    assertEquals(MarketPhase.OPEN, phase(DERIVATIVES, "2026-12-07", "15:44:59"));
    assertEquals(MarketPhase.CLOSED, phase(DERIVATIVES, "2026-12-07", "15:45:00"));
    assertEquals(MarketPhase.OPEN, phase(CASH, "2026-12-07", "15:29:59"));
    assertEquals(MarketPhase.CLOSED, phase(CASH, "2026-12-07", "15:30:00"));
    assertEquals(MarketPhase.PRE_OPEN, phase(CASH, "2026-12-07", "09:14:59"));
    assertEquals(MarketPhase.OPEN, phase(CASH, "2026-12-07", "09:15:00"));
    assertEquals(MarketPhase.CLOSED, phase(CASH, "2026-12-07", "08:59:59"));
  }

  private MarketPhase phase(Venue venue, String date, String time) {
    return calendar.phase(venue, India.at(date, time)).phase();
  }

  @Test
  void currencyTradesToFive() {
    assertPhases(CURRENCY, "2026-12-07", "open 09:00-17:00");
  }

  private static final String CANCEL_ONLY = "cancel-only 08:45-08:59";

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-02", "2026-03-06", "2026-11-02", "2026-12-07"})
  void inWinterCommoditiesTradeToFiveToMidnight(String date) {
    assertEquals(List.of(CANCEL_ONLY, "open 09:00-23:55"), phases(COMMODITY, date));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-09", "2026-07-31", "2026-10-30"})
  void inSummerCommoditiesTradeToHalfPastEleven(String date) {
    assertEquals(List.of(CANCEL_ONLY, "open 09:00-23:30"), phases(COMMODITY, date));
  }

  @Test
  void commoditiesMayTradeForHalfADay() {
    assertEquals(List.of(CANCEL_ONLY, "open 09:00-17:00"), phases(COMMODITY, "2026-01-01"));
    assertEquals(List.of("open 17:00-23:55"), phases(COMMODITY, "2026-01-15"));
    assertEquals(List.of("open 17:00-23:30"), phases(COMMODITY, "2026-10-20"));
    assertEquals(List.of("open 17:00-23:55"), phases(COMMODITY, "2026-11-24"));
    assertEquals(List.of(), phases(COMMODITY, "2026-12-25"));
  }

  @Test
  void theMuhuratSessionIsProvisional() {
    for (Venue venue : List.of(CASH, CASH_FNO, INDEX, DERIVATIVES, COMMODITY)) {
      assertEquals(List.of("open 18:15-19:15"), phases(venue, "2026-11-08"));
      assertTrue(
          calendar.sessions(venue, LocalDate.of(2026, 11, 8)).stream()
              .allMatch(it -> it.provisional() && it.name().equals("muhurat")));
    }
    assertEquals(List.of(), phases(CURRENCY, "2026-11-08"));
  }

  @Test
  void someExchangesNeverClose() {
    for (String exchange : List.of("BINANCE", "DERIBIT", "SIM")) {
      for (Venue venue : calendar.venues(exchange)) {
        assertEquals(
            new PhaseSpan(MarketPhase.OPEN, null, null),
            calendar.phase(venue, India.at("2031-01-01", "03:00")));
      }
    }
    assertEquals(List.of("BINANCE", "BSE", "DERIBIT", "MCX", "NSE", "SIM"), calendar.exchanges());
  }
}
