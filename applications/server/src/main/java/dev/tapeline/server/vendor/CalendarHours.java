package dev.tapeline.server.vendor;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The hours of Dhan's instruments by the trading calendar. Which shares have futures or options,
 * and so a closing auction, is what the list to watch says, live and in a recording. Owned by the
 * thread of one feed.
 */
final class CalendarHours implements TradingHours {

  private final VenueHours venues;
  private final Consumer<Set<Instrument>> listener;
  private Set<Instrument> underlyings = Set.of();

  CalendarHours(TradingCalendar calendar) {
    this(calendar, _ -> {});
  }

  /**
   * @param listener hears which shares have futures or options
   */
  CalendarHours(TradingCalendar calendar, Consumer<Set<Instrument>> listener) {
    this.listener = listener;
    this.venues = new VenueHours(calendar, share -> underlyings.contains(share));
  }

  @Override
  public void watch(Watchlist list) {
    if (!list.underlyings().equals(underlyings)) {
      underlyings = list.underlyings();
      venues.forgetInstruments();
      listener.accept(underlyings);
    }
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
