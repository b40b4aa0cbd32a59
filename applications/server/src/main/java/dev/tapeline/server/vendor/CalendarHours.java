package dev.tapeline.server.vendor;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import java.util.function.Predicate;

/** The hours of Dhan's instruments by the trading calendar. Owned by the thread of one feed. */
final class CalendarHours implements TradingHours {

  private final VenueHours venues;

  /**
   * @param hasDerivatives whether there are futures or options on a share
   */
  CalendarHours(TradingCalendar calendar, Predicate<Instrument> hasDerivatives) {
    this.venues = new VenueHours(calendar, hasDerivatives);
  }

  /** Whether some market is open; one of which the calendar knows nothing counts as open. */
  @Override
  public boolean isOpen(long millis) {
    return venues.all(millis).stream().anyMatch(VenueHours.Hours::open);
  }

  @Override
  public boolean isPreOpen(Instrument instrument, long millis) {
    return venues.of(instrument, millis).preOpen();
  }

  @Override
  public boolean isBeforeClose(Instrument instrument, long millis) {
    return venues.of(instrument, millis).beforeClose();
  }
}
