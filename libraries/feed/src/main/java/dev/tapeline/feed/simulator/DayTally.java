package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.DayView;
import dev.tapeline.feed.simulator.SimulatedQuote.LastDeal;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The prices and the volume of one simulated instrument over a session, in ticks and lots. */
final class DayTally {

  private final Units units;
  private long prevClose;
  private long close;
  private boolean isTraded;
  private long open;
  private long high;
  private long low;
  private long volume;
  private long turnover;
  private @Nullable Deal last;

  private record Deal(long price, long lots, long time) {}

  /**
   * The figures before the first session.
   *
   * @param close the close before it
   */
  DayTally(Units units, long close) {
    this.units = units;
    this.close = close;
    this.prevClose = close;
  }

  /** Begins a session: what was last traded is the close of the one before. */
  Tick begin(Times times) {
    return begin(times, close);
  }

  /** Begins a session after one that has closed at this price. */
  Tick begin(Times times, long closedAt) {
    close = closedAt;
    prevClose = closedAt;
    isTraded = false;
    volume = 0;
    turnover = 0;
    return new Tick.SessionStart(units.instrument(), times, units.price(prevClose));
  }

  /** Counts a trade; 0 lots are the value of an index. */
  void trade(long price, long lots, long time) {
    open = isTraded ? open : price;
    high = isTraded ? Math.max(high, price) : price;
    low = isTraded ? Math.min(low, price) : price;
    isTraded = true;
    close = price;
    last = new Deal(price, lots, time);
    turnover(price, lots);
  }

  /** Counts lots that were traded at about the price, without a tick of their own. */
  void turnover(long price, long lots) {
    volume += lots;
    turnover += price * lots;
  }

  /** States a price without a trade. */
  Tick indicate(long price, long time) {
    last = new Deal(price, 0, time);
    return new Tick.LastPrice(units.instrument(), new Times(time, time), units.price(price));
  }

  /** Whether there was a trade in the session. */
  boolean isTraded() {
    return isTraded;
  }

  /** The price of the last trade, or the close of the session before. */
  long close() {
    return close;
  }

  @Nullable LastDeal last() {
    Deal deal = last;
    if (deal == null) {
      return null;
    }
    BigDecimal quantity = deal.lots == 0 ? null : units.quantity(deal.lots);
    return new LastDeal(units.price(deal.price), quantity, deal.time);
  }

  DayView view() {
    return new DayView(
        isTraded ? units.price(open) : null,
        isTraded ? units.price(high) : null,
        isTraded ? units.price(low) : null,
        units.quantity(volume),
        average(),
        units.price(prevClose));
  }

  /** The figures as a tick. */
  Tick tick(Times times) {
    DayView day = view();
    return new Tick.DayStats(
        units.instrument(),
        times,
        day.open(),
        day.high(),
        day.low(),
        day.volume(),
        day.average(),
        day.prevClose());
  }

  private @Nullable BigDecimal average() {
    return volume == 0
        ? null
        : units
            .price(turnover)
            .divide(
                BigDecimal.valueOf(volume),
                units.instrument().tickSize().scale(),
                RoundingMode.HALF_UP);
  }
}
