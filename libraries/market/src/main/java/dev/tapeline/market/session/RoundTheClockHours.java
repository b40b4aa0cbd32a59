package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The hours of a market that never closes: each day of UTC is one session. */
record RoundTheClockHours(ExpiryTimes expiryTimes) implements VenueHours {

  private static final PhaseSpan OPEN = new PhaseSpan(MarketPhase.OPEN, null, null);

  @Override
  public PhaseSpan phase(Instant instant) {
    return OPEN;
  }

  @Override
  public DayStatus status(LocalDate date) {
    return DayStatus.TRADING;
  }

  @Override
  public List<TradingSession> sessions(LocalDate date) {
    return List.of(day(date));
  }

  @Override
  public Optional<TradingSession> session(Instant instant) {
    return Optional.of(day(LocalDate.ofInstant(instant, ZoneOffset.UTC)));
  }

  private static TradingSession day(LocalDate date) {
    Instant open = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant close = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new TradingSession(date, PhaseWindow.REGULAR, null, false, open, close, close);
  }

  @Override
  public Optional<LocalDate> previousTradingDay(LocalDate date) {
    return Optional.of(date.minusDays(1));
  }

  @Override
  public Optional<LocalDate> nextTradingDay(LocalDate date) {
    return Optional.of(date.plusDays(1));
  }

  @Override
  public Optional<Instant> lastTrade(UnderlyingKind underlying, LocalDate expiry) {
    return settlement(expiry);
  }

  @Override
  public Optional<Instant> settlement(LocalDate expiry) {
    return Optional.ofNullable(expiryTimes.settlement())
        .map(time -> time.on(expiry, ZoneOffset.UTC));
  }
}
