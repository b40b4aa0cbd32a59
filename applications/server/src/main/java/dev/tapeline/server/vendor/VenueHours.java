package dev.tapeline.server.vendor;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.Venue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What holds at the venues of a feed, by the trading calendar. What it has found out holds for a
 * second, so that it can be asked for each packet. Owned by the thread of one feed.
 */
final class VenueHours {

  private static final long HELD_MILLIS = 1_000;

  /** These count in any case, also when nothing is watched yet. */
  private static final List<Venue> ALWAYS_ASKED =
      List.of(
          new Venue("NSE", MarketClass.INDEX),
          new Venue("NSE", MarketClass.CASH),
          new Venue("NSE", MarketClass.EQUITY_DERIVATIVES));

  private final TradingCalendar calendar;
  private final Predicate<Instrument> hasDerivatives;
  private final Map<Venue, Hours> hours = new HashMap<>();
  private final Map<String, Venue> venues = new HashMap<>();

  /**
   * What holds at one venue in one second.
   *
   * @param open whether silence is a fault; also where the calendar knows nothing
   * @param preOpen whether continuous trading is still to begin on that day
   * @param beforeClose whether continuous trading is still to end on that day
   */
  record Hours(long second, boolean open, boolean preOpen, boolean beforeClose) {}

  /**
   * @param hasDerivatives whether there are futures or options on a share
   */
  VenueHours(TradingCalendar calendar, Predicate<Instrument> hasDerivatives) {
    this.calendar = calendar;
    this.hasDerivatives = hasDerivatives;
    ALWAYS_ASKED.forEach(venue -> hours.put(venue, new Hours(-1, false, false, false)));
  }

  /** Asks again at which venues instruments trade. */
  void forgetInstruments() {
    venues.clear();
  }

  /** What holds at the venue of an instrument. */
  Hours of(Instrument instrument, long millis) {
    return at(
        venues.computeIfAbsent(instrument.symbol(), _ -> Venue.of(instrument, hasDerivatives)),
        millis);
  }

  /** What holds at each venue that was asked for, and at those of NSE. */
  List<Hours> all(long millis) {
    return List.copyOf(hours.keySet()).stream().map(venue -> at(venue, millis)).toList();
  }

  private Hours at(Venue venue, long millis) {
    long second = millis / HELD_MILLIS;
    Hours known = hours.get(venue);
    if (known != null && known.second() == second) {
      return known;
    }
    Hours found = find(venue, second, Instant.ofEpochMilli(millis));
    hours.put(venue, found);
    return found;
  }

  private Hours find(Venue venue, long second, Instant now) {
    MarketPhase phase = calendar.phase(venue, now).phase();
    @Nullable TradingSession session = calendar.session(venue, now).orElse(null);
    if (session == null || !session.date().equals(calendar.date(venue, now))) {
      return new Hours(second, !phase.isSilenceNormal(), false, false);
    }
    return new Hours(
        second,
        !phase.isSilenceNormal(),
        now.isBefore(session.open()),
        now.isBefore(session.close()));
  }
}
