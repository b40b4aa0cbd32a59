package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small market of futures and perpetuals: quotes a step around the followed price, some trades
 * and an open interest. The same seed and prices give the same ticks. Not thread-safe: owned by the
 * server's loop.
 */
final class ForwardMarket implements DerivativesMarket {

  private static final double TRADE_CHANCE = 0.2;
  private static final int MOST_LOTS = 200;

  private final SplittableRandom random;
  private final List<Quoted> all = new ArrayList<>();
  private long tradeId;

  private static final class Quoted {
    private final ForwardSeries.Forward forward;
    private final RandomQuotes quotes;
    private long interest;
    private boolean traded;

    Quoted(ForwardSeries.Forward forward, SplittableRandom random) {
      this.forward = forward;
      this.quotes = new RandomQuotes(random, tick(forward), forward.lot());
      this.interest = 100_000 + random.nextLong(900_000);
    }

    private static BigDecimal tick(ForwardSeries.Forward forward) {
      return forward.instrument().tickSize();
    }
  }

  ForwardMarket(List<ForwardSeries.Forward> forwards, long seed) {
    this.random = new SplittableRandom(seed);
    forwards.forEach(forward -> all.add(new Quoted(forward, random)));
  }

  @Override
  public List<Instrument> instruments() {
    return all.stream().map(quoted -> quoted.forward.instrument()).toList();
  }

  @Override
  public List<Tick> step(BigDecimal price, long now) {
    List<Tick> ticks = new ArrayList<>();
    all.forEach(quoted -> requote(quoted, price, new Times(now, now), ticks));
    return ticks;
  }

  private void requote(Quoted quoted, BigDecimal price, Times times, List<Tick> out) {
    Instrument instrument = quoted.forward.instrument();
    double fair = price.multiply(quoted.forward.scale()).doubleValue();
    BigDecimal middle = quoted.quotes.grid(fair, RoundingMode.HALF_UP);
    BigDecimal bid = middle.subtract(Quoted.tick(quoted.forward));
    BigDecimal ask = middle.add(Quoted.tick(quoted.forward));
    out.add(quoted.quotes.depth(instrument, times, bid, ask));
    if (!quoted.traded || random.nextDouble() < TRADE_CHANCE) {
      quoted.traded = true;
      long lots = 1 + random.nextLong(MOST_LOTS);
      quoted.interest += random.nextLong(-lots, lots + 1);
      out.add(quoted.quotes.trade(instrument, times, ++tradeId, bid, ask, lots));
    }
    BigDecimal interest = quoted.quotes.quantity(Math.max(0, quoted.interest));
    out.add(new Tick.OpenInterest(instrument, times, interest, null, null, null));
  }
}
