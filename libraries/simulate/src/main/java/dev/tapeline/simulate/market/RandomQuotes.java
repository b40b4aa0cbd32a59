package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up books and trades around prices, on a grid. Owned by the server's loop. */
final class RandomQuotes {

  private static final int LEVELS = 5;

  private final SplittableRandom random;
  private final BigDecimal tick;
  private final BigDecimal lot;

  /**
   * @param tick the step of prices
   * @param lot the least quantity
   */
  RandomQuotes(SplittableRandom random, BigDecimal tick, BigDecimal lot) {
    this.random = random;
    this.tick = tick;
    this.lot = lot;
  }

  /** A book with these best prices. */
  Tick depth(Instrument instrument, Times times, BigDecimal bid, BigDecimal ask) {
    List<Level> bids = levels(bid, tick.negate());
    List<Level> asks = levels(ask, tick);
    return new Tick.Depth(instrument, times, true, 0, 0, bids, asks, null);
  }

  private List<Level> levels(BigDecimal best, BigDecimal step) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      BigDecimal price = best.add(step.multiply(BigDecimal.valueOf(i)));
      if (price.signum() > 0) {
        levels.add(new Level(price, quantity(1 + random.nextLong(40))));
      }
    }
    return levels;
  }

  /**
   * A trade at one of the best prices.
   *
   * @param id the exchange's number of it
   */
  Tick.Trade trade(
      Instrument instrument, Times times, long id, BigDecimal bid, BigDecimal ask, long lots) {
    boolean buys = random.nextBoolean() || bid.signum() == 0;
    Side side = buys ? Side.BUY : Side.SELL;
    return new Tick.Trade(instrument, times, id, buys ? ask : bid, quantity(lots), side, null);
  }

  BigDecimal quantity(long lots) {
    return lot.multiply(BigDecimal.valueOf(lots));
  }

  /** A price on the grid, never below 0. */
  BigDecimal grid(double price, RoundingMode rounding) {
    BigDecimal ticks = BigDecimal.valueOf(Math.max(0, price)).divide(tick, 0, rounding);
    return ticks.multiply(tick);
  }
}
