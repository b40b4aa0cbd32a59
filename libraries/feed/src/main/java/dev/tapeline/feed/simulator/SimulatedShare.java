package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;

/**
 * One traded instrument of the simulation. Its fair price moves with the weather at each step; it
 * wakes now and then, the more often the livelier it has been, and then moves its quotes to the
 * fair price and trades at them.
 */
final class SimulatedShare {

  private static final double CALMING = 0.96;
  private static final double MOST_EXCITED = 4;
  private static final double GAP_VOLATILITY = 0.004;

  private final ShareSpec spec;
  private final Noise noise;
  private final SimulatedBook book;
  private final double startTicks;
  private double fair;
  private double excitement;
  private long lastTicks;
  private long tradeId;

  SimulatedShare(ShareSpec spec, Noise noise) {
    this.spec = spec;
    this.noise = noise;
    this.book = new SimulatedBook(spec);
    this.startTicks = spec.startTicks();
    this.fair = startTicks;
    this.lastTicks = Math.round(startTicks);
  }

  ShareSpec spec() {
    return spec;
  }

  /** The fair price as a multiple of the first one. */
  double level() {
    return fair / startTicks;
  }

  /** Opens a session, at a price that the night has changed. */
  void open(long time, List<Tick> out) {
    Times times = new Times(time, time);
    BigDecimal prevClose = spec.price(lastTicks);
    out.add(new Tick.SessionStart(spec.instrument(), times, prevClose));
    fair *= 1 + noise.normal() * GAP_VOLATILITY;
    excitement = 1;
    book.clear();
    requote(1);
    book.tellWhole(times, out);
    trade(times, out);
  }

  /** Advances by one step, which ends at the time. */
  void step(long time, Weather weather, List<Tick> out) {
    fair *= 1 + weather.sharedMove(spec) + noise.normal() * spec.volatility() * weather.scale();
    fair = Math.max(fair, 10 * SimulatedBook.LEVELS * spec.levelStep());
    excitement *= CALMING;
    double rate = spec.rate() * weather.activity() * (1 + excitement);
    if (noise.chance(Math.min(0.8, rate * SimulatedMarket.STEP_MILLIS / 1000))) {
      wake(time, weather, out);
    }
  }

  private void wake(long time, Weather weather, List<Tick> out) {
    Times times = new Times(time, time);
    excitement = Math.min(MOST_EXCITED, excitement + 0.3);
    requote(1 + noise.geometric(0.2 + 0.1 * Math.min(4, weather.stir()), 4));
    book.tellChanges(times, out);
    int trades = noise.geometric(0.6, 8);
    for (int i = 0; i < trades; i++) {
      trade(times, out);
    }
    book.tellChanges(times, out);
  }

  private void requote(int spread) {
    long bid = (long) Math.floor(fair - (spread - 1) / 2.0);
    book.quote(bid, bid + spread, noise);
  }

  /** Trades at a quote: a buyer takes it more often when it is cheap. */
  private void trade(Times times, List<Tick> out) {
    double cheap = fair - (book.bid() + book.ask()) / 2.0;
    boolean buys = noise.chance(0.5 + Math.clamp(cheap / 4, -0.3, 0.3));
    long price = buys ? book.ask() : book.bid();
    long lots = book.take(buys, noise.skewed(20));
    if (lots == 0) {
      return;
    }
    lastTicks = price;
    out.add(
        new Tick.Trade(
            spec.instrument(),
            times,
            ++tradeId,
            spec.price(price),
            spec.quantity(lots),
            buys ? Side.BUY : Side.SELL,
            null));
  }
}
