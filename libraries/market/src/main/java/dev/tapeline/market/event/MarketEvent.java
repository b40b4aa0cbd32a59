package dev.tapeline.market.event;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.VolatilityReading;

/**
 * A change in a market. Events of a market carry live views of its state: the listener reads them
 * while it is called, on the market's thread, and keeps no copy of the view for another thread.
 */
public sealed interface MarketEvent {

  Instrument instrument();

  Times times();

  /** A trade: there is a new last price, which may equal the one before. */
  record Traded(Tick.Trade trade, LastValues last) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return trade.instrument();
    }

    @Override
    public Times times() {
      return trade.times();
    }
  }

  /** An index has a value, which may equal the one before. */
  record Valued(Tick.IndexValue value, LastValues last) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return value.instrument();
    }

    @Override
    public Times times() {
      return value.times();
    }
  }

  /** The vendor has stated a last price without a trade; it may equal the one before. */
  record Priced(Tick.LastPrice price, LastValues last) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return price.instrument();
    }

    @Override
    public Times times() {
      return price.times();
    }
  }

  /** The vendor's own figures of an option have changed. */
  record Marked(Tick.Marks marks) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return marks.instrument();
    }

    @Override
    public Times times() {
      return marks.times();
    }
  }

  /** The price of the best bid or ask has moved; new sizes alone are no event. */
  record Quoted(Tick.Quote quote, LastValues last) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return quote.instrument();
    }

    @Override
    public Times times() {
      return quote.times();
    }
  }

  /** An order book got a change or a snapshot. */
  record BookChanged(Tick.Depth depth, OrderBook book, OrderBook.Outcome outcome)
      implements MarketEvent {

    @Override
    public Instrument instrument() {
      return depth.instrument();
    }

    @Override
    public Times times() {
      return depth.times();
    }
  }

  /** The figures of an instrument's session have changed. */
  record DayChanged(Instrument instrument, Times times, DayFigures day) implements MarketEvent {}

  /** A bar is forming, is closed, or has been amended. */
  record BarChanged(Instrument instrument, Times times, Bar bar) implements MarketEvent {}

  /**
   * An option chain has changed. Only chains that somebody wants are told, between two frames.
   *
   * @param instrument the option of it that has changed last
   * @param isSnapshot whether its values are kept after this, for later comparison
   */
  record ChainChanged(Instrument instrument, Times times, OptionChain chain, boolean isSnapshot)
      implements MarketEvent {}

  /**
   * The volatility index of an underlying has changed. Only indices that somebody wants are told.
   *
   * @param instrument the option that has changed last
   */
  record VolatilityIndexChanged(Instrument instrument, Times times, VolatilityReading reading)
      implements MarketEvent {}

  /**
   * Indicators of a bar have values, or other values than before. The readings are reused: they
   * hold while the listener is called.
   */
  record IndicatorsChanged(Instrument instrument, Times times, Point point, Readings readings)
      implements MarketEvent {

    /**
     * Which bar the values are of, and who asked for them.
     *
     * @param name what was asked for, as it was asked
     * @param time the begin of the bar, epoch ms UTC
     * @param closed whether the bar is closed; otherwise the values are what they were if it closed
     *     now
     * @param revision how often the values of the closed bar have changed, as bars were amended
     */
    public record Point(String name, Frame frame, long time, boolean closed, int revision) {}
  }

  /** A session begins: the values of the one before are void. */
  record SessionStarted(Tick.SessionStart start) implements MarketEvent {

    @Override
    public Instrument instrument() {
      return start.instrument();
    }

    @Override
    public Times times() {
      return start.times();
    }
  }
}
