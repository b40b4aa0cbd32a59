package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.List;

/** The book of one instrument around its fair price, and the trades at its quotes. */
final class BookTrading {

  private static final long TYPICAL_TRADE = 20;

  private final Units units;
  private final Noise noise;
  private final SimulatedBook book;
  private final DayTally day;
  private long tradeId;

  BookTrading(Units units, DayTally day, Noise noise) {
    this.units = units;
    this.noise = noise;
    this.book = new SimulatedBook(units);
    this.day = day;
  }

  /** Opens a session: a whole new book, and a trade. */
  void open(double fair, Times times, List<Tick> out) {
    book.clear();
    requote(fair, 1);
    book.tellWhole(times, out);
    trade(fair, times, out);
    book.tellChanges(times, out);
  }

  /** Moves the quotes to the fair price, this many ticks apart, and perhaps trades at them. */
  void wake(double fair, double stir, Times times, List<Tick> out) {
    requote(fair, 1 + noise.geometric(0.2 + 0.1 * Math.min(4, stir), 4));
    book.tellChanges(times, out);
    int trades = noise.geometric(0.6, 8);
    for (int i = 0; i < trades; i++) {
      trade(fair, times, out);
    }
    book.tellChanges(times, out);
  }

  private void requote(double fair, int spread) {
    long bid = (long) Math.floor(fair - (spread - 1) / 2.0);
    book.quote(bid, bid + spread, noise);
  }

  /** Trades at a quote: a buyer takes it more often when it is cheap. */
  private void trade(double fair, Times times, List<Tick> out) {
    double cheap = fair - (book.bid() + book.ask()) / 2.0;
    boolean buys = noise.chance(0.5 + Math.clamp(cheap / 4, -0.3, 0.3));
    long price = buys ? book.ask() : book.bid();
    long lots = book.take(buys, noise.skewed(TYPICAL_TRADE));
    if (lots == 0) {
      return;
    }
    day.trade(price, lots, times.exchange());
    out.add(
        new Tick.Trade(
            units.instrument(),
            times,
            ++tradeId,
            units.price(price),
            units.quantity(lots),
            buys ? Side.BUY : Side.SELL,
            null));
  }

  SimulatedQuote.DepthView depth() {
    return book.view();
  }
}
