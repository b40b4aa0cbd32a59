package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.InterestView;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;

/** The open interest of one contract over a session, in lots. */
final class OpenLots {

  private final Units units;
  private long value;
  private long high;
  private long low;
  private long previous;

  OpenLots(Units units, long first) {
    this.units = units;
    this.value = first;
    begin();
  }

  /** Begins a session. */
  void begin() {
    previous = value;
    high = value;
    low = value;
  }

  /** Opens lots, or closes them if there are fewer than 0, down to none. */
  void add(long lots) {
    value = Math.max(0, value + lots);
    high = Math.max(high, value);
    low = Math.min(low, value);
  }

  InterestView view() {
    return new InterestView(
        units.quantity(value), units.quantity(high), units.quantity(low), units.quantity(previous));
  }

  Tick tick(Times times) {
    InterestView view = view();
    return new Tick.OpenInterest(
        units.instrument(), times, view.value(), view.dayHigh(), view.dayLow(), view.previous());
  }
}
