package dev.tapeline.market.session;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small exchange for tests: X, with two days off a week, covered for three weeks. */
final class Rules {

  static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  static final LocalDate FIRST = LocalDate.of(2026, 6, 1); // a Monday
  static final LocalDate LAST = LocalDate.of(2026, 6, 21);

  static final Venue CASH = new Venue("X", MarketClass.CASH);
  static final Venue COMMODITY = new Venue("X", MarketClass.COMMODITY);
  static final Venue DERIVATIVES = new Venue("X", MarketClass.EQUITY_DERIVATIVES);

  private static final List<PhaseWindow> CASH_DAY =
      List.of(
          new PhaseWindow(
              MarketPhase.PRE_OPEN,
              PhaseStep.ORDER_ENTRY,
              PhaseWindow.REGULAR,
              TimeOfDay.parse("09:00"),
              TimeOfDay.parse("09:10"),
              TimeOfDay.parse("09:08")),
          new PhaseWindow(
              MarketPhase.PRE_OPEN,
              PhaseStep.BUFFER,
              PhaseWindow.REGULAR,
              TimeOfDay.parse("09:10"),
              TimeOfDay.parse("09:15"),
              null),
          PhaseWindow.of(MarketPhase.OPEN, "09:15", "15:30"),
          PhaseWindow.of(MarketPhase.CLOSING_AUCTION, "15:30", "15:40"),
          PhaseWindow.of(MarketPhase.POST_CLOSE, "15:50", "16:00"));

  private static final Map<LocalDate, ClosedDay> HOLIDAYS =
      Map.of(
          day(3), new ClosedDay("a holiday", Set.of(), Set.of()),
          day(4), new ClosedDay("half a holiday", Set.of(), Set.of("morning")),
          day(5), new ClosedDay("no settlement", Set.of(MarketClass.COMMODITY), Set.of()));

  private static final Map<LocalDate, SpecialDay> SPECIALS =
      Map.of(
          day(7),
          new SpecialDay("Budget", false, Set.of(MarketClass.CASH), List.of()),
          day(14),
          new SpecialDay(
              "Muhurat",
              true,
              Set.of(),
              List.of(
                  new PhaseWindow(
                      MarketPhase.OPEN,
                      null,
                      "muhurat",
                      TimeOfDay.parse("18:15"),
                      TimeOfDay.parse("19:15"),
                      null))));

  private Rules() {}

  static LocalDate day(int ofJune) {
    return LocalDate.of(2026, 6, ofJune);
  }

  /** An instant of June, by the exchange's clock. */
  static Instant at(int ofJune, String time) {
    return LocalDateTime.of(day(ofJune), LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  static TradingCalendar calendar() {
    return new TradingCalendar(
        List.of(
            new ExchangeRules.Scheduled(
                "X",
                ZONE,
                FIRST,
                LAST,
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                HOLIDAYS,
                SPECIALS,
                Map.of(
                    MarketClass.CASH,
                    List.of(new Timetable(FIRST, CASH_DAY, ExpiryTimes.AS_OTHER_DAYS)),
                    MarketClass.COMMODITY,
                    List.of(new Timetable(FIRST, halves(), ExpiryTimes.AS_OTHER_DAYS)),
                    MarketClass.EQUITY_DERIVATIVES,
                    List.of(derivatives(10, "15:45", "15:30"), derivatives(1, "15:40", null)))),
            new ExchangeRules.RoundTheClock(
                "DERIBIT", new ExpiryTimes(TimeOfDay.parse("08:00"), null, null))));
  }

  private static List<PhaseWindow> halves() {
    return List.of(
        half(MarketPhase.CANCEL_ONLY, "morning", "08:45", "08:59"),
        half(MarketPhase.OPEN, "morning", "09:00", "17:00"),
        half(MarketPhase.OPEN, "evening", "17:00", "23:30"));
  }

  private static PhaseWindow half(MarketPhase phase, String session, String from, String until) {
    return new PhaseWindow(
        phase, null, session, TimeOfDay.parse(from), TimeOfDay.parse(until), null);
  }

  private static Timetable derivatives(int from, String close, @Nullable String stop) {
    TimeOfDay indexLastTrade = stop == null ? null : TimeOfDay.parse(stop);
    return new Timetable(
        day(from),
        List.of(PhaseWindow.of(MarketPhase.OPEN, "09:15", close)),
        new ExpiryTimes(
            TimeOfDay.parse("15:30"),
            indexLastTrade,
            stop == null ? null : TimeOfDay.parse("15:00")));
  }
}
