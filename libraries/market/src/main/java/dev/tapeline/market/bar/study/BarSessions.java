package dev.tapeline.market.bar.study;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.Venue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * In which sessions the instruments of one market trade: those of their venues by the trading
 * calendar. Instruments that keep no hours, such as simulated ones, have a session for each day of
 * UTC, and another one where the source says that one begins. Owned by the thread of one market.
 */
public final class BarSessions {

  private final TradingCalendar calendar;
  private final Predicate<? super Instrument> keepsHours;
  private final Predicate<? super Instrument> hasDerivatives;
  private final SessionClock always = SessionClock.always();
  private final Map<Venue, SessionClock> clocks = new HashMap<>();

  /**
   * @param keepsHours whether an instrument trades in the hours of its venue
   * @param hasDerivatives whether there are futures or options on a share, which some exchanges
   *     trade at other hours than other shares
   */
  public BarSessions(
      TradingCalendar calendar,
      Predicate<? super Instrument> keepsHours,
      Predicate<? super Instrument> hasDerivatives) {
    this.calendar = calendar;
    this.keepsHours = keepsHours;
    this.hasDerivatives = hasDerivatives;
  }

  /**
   * Tells when the session of a bar of an instrument began, by the begin of the bar; both are epoch
   * ms UTC.
   */
  public LongUnaryOperator opens(Instrument instrument) {
    SessionClock clock = of(instrument).clock();
    return time -> {
      SessionSpan session = clock.at(time);
      return session == null ? time : session.open();
    };
  }

  BarStudy.Hours of(Instrument instrument) {
    Venue venue = Venue.of(instrument, hasDerivatives);
    SessionClock clock =
        keepsHours.test(instrument)
            ? clocks.computeIfAbsent(venue, it -> SessionClock.of(calendar, it))
            : always;
    return new BarStudy.Hours(clock, venue.marketClass() != MarketClass.ALWAYS);
  }
}
