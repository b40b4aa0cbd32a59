package dev.tapeline.simulate.market;

import dev.tapeline.feed.simulator.OptionTerms;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A small market of options that follow their underlying's price: Black-76 with a smile, quotes
 * around it, some trades and an open interest. Its series don't roll at expiry. The same seed and
 * prices give the same ticks. Not thread-safe: owned by the server's loop.
 */
final class OptionMarket implements DerivativesMarket {

  private static final int REQUOTES = 12;
  private static final double TRADE_CHANCE = 0.3;
  private static final double NO_INTEREST = 0;

  private final OptionSeries series;
  private final List<Instrument.Option> options;
  private final long[] interest;
  private final long[] previousInterest;
  private final SplittableRandom random;
  private final RandomQuotes quotes;
  private long tradeId;
  private boolean opened;

  OptionMarket(OptionSeries series, long seed) {
    this.series = series;
    this.options = series.options();
    this.random = new SplittableRandom(seed);
    this.quotes = new RandomQuotes(random, series.tick(), series.lot());
    this.interest = new long[options.size()];
    for (int i = 0; i < interest.length; i++) {
      interest[i] = 100 + random.nextLong(20_000);
    }
    this.previousInterest = interest.clone();
  }

  @Override
  public List<Instrument.Option> instruments() {
    return options;
  }

  /** First a quote of every option, then of some near the money. */
  @Override
  public List<Tick> step(BigDecimal price, long now) {
    double forward = price.multiply(series.scale()).doubleValue();
    List<Tick> ticks = new ArrayList<>();
    if (!opened) {
      for (int i = 0; i < options.size(); i++) {
        requote(i, forward, now, ticks);
      }
      opened = true;
      return ticks;
    }
    for (int i = 0; i < REQUOTES; i++) {
      requote(random.nextInt(options.size()), forward, now, ticks);
    }
    return ticks;
  }

  private void requote(int index, double forward, long now, List<Tick> out) {
    Instrument.Option option = options.get(index);
    Times times = new Times(now, now);
    double sigma = smile(option, forward);
    OptionTerms model =
        new OptionTerms(
            forward,
            option.strike().doubleValue(),
            sigma,
            series.years(option.expiry(), now),
            NO_INTEREST);
    double unit = series.coin() ? forward : 1;
    double mark = Math.max(model.price(option.right()) / unit, series.tick().doubleValue());
    double half = Math.max(series.tick().doubleValue(), mark * 0.01);
    BigDecimal bid = quotes.grid(mark - half, RoundingMode.FLOOR);
    BigDecimal ask = quotes.grid(mark + half, RoundingMode.CEILING).max(bid.add(series.tick()));
    out.add(quotes.depth(option, times, bid, ask));
    if (!opened || random.nextDouble() < TRADE_CHANCE) {
      trade(index, times, bid, ask, out);
    }
    out.add(
        new Tick.OpenInterest(
            option,
            times,
            quotes.quantity(interest[index]),
            null,
            null,
            quotes.quantity(previousInterest[index])));
    out.add(marks(option, times, model, forward, mark));
  }

  private void trade(int index, Times times, BigDecimal bid, BigDecimal ask, List<Tick> out) {
    long lots = 1 + random.nextLong(20);
    interest[index] = Math.max(0, interest[index] + random.nextLong(-lots, lots + 1));
    out.add(quotes.trade(options.get(index), times, ++tradeId, bid, ask, lots));
  }

  private double smile(Instrument.Option option, double forward) {
    double away = Math.log(option.strike().doubleValue() / forward);
    double sigma = series.volatility() * (1 - 0.35 * away + 2.5 * away * away);
    return Math.clamp(sigma, 0.03, 3);
  }

  private static Tick marks(
      Instrument.Option option, Times times, OptionTerms model, double forward, double mark) {
    Instrument.Right right = option.right();
    double percent = model.volatility() * 100;
    return new Tick.Marks(
        option,
        times,
        rounded(percent, 2),
        rounded(percent - 0.8, 2),
        rounded(percent + 0.8, 2),
        rounded(model.delta(right), 5),
        rounded(model.gamma(), 5),
        rounded(Math.max(model.theta(), -model.price(right)), 5),
        rounded(model.vega(), 5),
        rounded(model.rho(right), 5),
        rounded(mark, 4),
        rounded(forward, 4));
  }

  private static @Nullable BigDecimal rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
  }
}
