package dev.tapeline.feed.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * A simulated date and time of day, in the exchange's time zone. Trading days are Monday to Friday;
 * the simulation has no holidays.
 */
record TradingTime(LocalDate date, double secondOfDay) {

  /** When contracts expire on their last day. */
  static final double EXPIRY_SECOND = 15.5 * 3600;

  private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);
  private static final double DAY_SECONDS = 86_400;
  private static final double YEAR_SECONDS = 365 * DAY_SECONDS;

  /**
   * The trading date at a time, or the next one after it. From the time on at which contracts
   * expire it is the next one, so that a market that begins then lists none that has expired.
   */
  static LocalDate dateAt(long millis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), INDIA);
    boolean isOver = time.toLocalTime().toSecondOfDay() >= EXPIRY_SECOND;
    return tradingDay(isOver ? time.toLocalDate().plusDays(1) : time.toLocalDate());
  }

  /** The date, or the Monday after a weekend. */
  static LocalDate tradingDay(LocalDate date) {
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> date.plusDays(2);
      case SUNDAY -> date.plusDays(1);
      default -> date;
    };
  }

  /** The trading date that is so many trading days after another one. */
  static LocalDate after(LocalDate tradingDate, long days) {
    LocalDate date = tradingDate.plusWeeks(days / 5);
    for (long i = 0; i < days % 5; i++) {
      date = date.plusDays(date.getDayOfWeek() == DayOfWeek.FRIDAY ? 3 : 1);
    }
    return date;
  }

  LocalTime timeOfDay() {
    long millis = (long) (secondOfDay * 1000);
    return LocalTime.ofNanoOfDay(millis * 1_000_000);
  }

  /** The years of 365 days until contracts of the date expire; not above 0 once they have. */
  double yearsTo(LocalDate expiry) {
    double days = expiry.toEpochDay() - date.toEpochDay();
    return (days * DAY_SECONDS + EXPIRY_SECOND - secondOfDay) / YEAR_SECONDS;
  }
}
