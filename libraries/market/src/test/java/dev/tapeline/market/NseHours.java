package dev.tapeline.market;

import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseWindow;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.Timetable;
import dev.tapeline.market.session.TradingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A calendar for tests: NSE's derivatives from 09:15 to 15:45 on workdays, and Deribit. */
public final class NseHours {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private NseHours() {}

  /**
   * The hours from the begin of 2026 on, without holidays.
   *
   * @param ends the times of the last day of NSE's contracts
   */
  public static TradingCalendar until(LocalDate last, ExpiryTimes ends) {
    PhaseWindow open = PhaseWindow.of(MarketPhase.OPEN, "09:15", "15:45");
    return new TradingCalendar(
        List.of(
            new ExchangeRules.Scheduled(
                "NSE",
                ZoneId.of("Asia/Kolkata"),
                FIRST,
                last,
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Map.of(),
                Map.of(),
                Map.of(
                    MarketClass.EQUITY_DERIVATIVES,
                    List.of(new Timetable(FIRST, List.of(open), ends)))),
            new ExchangeRules.RoundTheClock(
                "DERIBIT", new ExpiryTimes(TimeOfDay.parse("08:00"), null, null))));
  }
}
