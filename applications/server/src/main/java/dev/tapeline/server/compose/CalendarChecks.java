package dev.tapeline.server.compose;

import dev.tapeline.core.Finding;
import dev.tapeline.market.session.TradingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The check that the trading calendar goes on for a while: behind its end all phases are unknown.
 *
 * @param today the date of the check
 */
public record CalendarChecks(TradingCalendar calendar, LocalDate today) {

  /** Exchanges announce their holidays two or three weeks before a year begins. */
  private static final int DAYS_LEFT = 7;

  /** What is doubtful; empty if nothing is. */
  public List<Finding> findings() {
    return calendar.exchanges().stream().flatMap(name -> finding(name).stream()).toList();
  }

  private Optional<Finding> finding(String exchange) {
    return calendar
        .validUntil(exchange)
        .filter(last -> last.isBefore(today.plusDays(DAYS_LEFT)))
        .map(last ->
            Finding.warn(
                "calendar",
                "the trading days of %s are known until %s; later ones are unknown"
                    .formatted(exchange, last),
                "write the new holidays and valid-until into the file of TAPELINE_CALENDAR, or"
                    + " update this program"));
  }
}
