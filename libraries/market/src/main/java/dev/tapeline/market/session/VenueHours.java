package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The hours of one venue. Immutable. Where a method isn't implemented, nothing is known. */
sealed interface VenueHours permits ScheduledHours, RoundTheClockHours, VenueHours.Unlisted {

  /** The hours of a market that the calendar doesn't list. */
  record Unlisted() implements VenueHours {}

  default ZoneId zone() {
    return ZoneOffset.UTC;
  }

  default PhaseSpan phase(Instant instant) {
    return new PhaseSpan(MarketPhase.UNKNOWN, null, null);
  }

  default Optional<StepSpan> step(Instant instant) {
    return Optional.empty();
  }

  default DayStatus status(LocalDate date) {
    return DayStatus.UNKNOWN;
  }

  /** The sessions of a date, in order. */
  default List<TradingSession> sessions(LocalDate date) {
    return List.of();
  }

  /** The sessions of any usual trading day by the timetable of a date. */
  default List<TradingSession> usualSessions(LocalDate date) {
    return sessions(date);
  }

  /** The session that has not ended at the instant, or else the next one. */
  default Optional<TradingSession> session(Instant instant) {
    return Optional.empty();
  }

  default Optional<LocalDate> previousTradingDay(LocalDate date) {
    return Optional.empty();
  }

  default Optional<LocalDate> nextTradingDay(LocalDate date) {
    return Optional.empty();
  }

  default Optional<Instant> lastTrade(UnderlyingKind underlying, LocalDate expiry) {
    return Optional.empty();
  }

  default Optional<Instant> settlement(LocalDate expiry) {
    return Optional.empty();
  }

  default Optional<Instant> averageFrom(UnderlyingKind underlying, LocalDate expiry) {
    return Optional.empty();
  }
}
