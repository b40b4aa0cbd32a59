package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a chain of 200 strikes, which has 400 options: a tick that nothing is computed for, a
 * tick and the computing of its strike, and the computing of all when the forward has moved. Each
 * option has a volatility of its middle, its bid and its ask.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainBenchmark {

  private static final int STRIKES = 200;
  private static final double FORWARD = 100_000;
  private static final double YEARS = 15 / 365.0;
  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 25);
  private static final long BEGIN = 1_796_900_000_000L;
  private static final Times TIMES = new Times(BEGIN, BEGIN);

  private final ChainBoard board;
  private final LiveChain chain;
  private final ChainStudy study;
  private final Tick[] money = new Tick[2];
  private final Tick[] wing = new Tick[2];
  private int next;
  private long now = BEGIN;

  /** Makes a chain with a flat smile. */
  public ChainBenchmark() {
    TradingCalendar calendar =
        new TradingCalendar(
            List.of(
                new ExchangeRules.RoundTheClock(
                    "DERIBIT", new ExpiryTimes(TimeOfDay.parse("08:00"), null, null))));
    ChainStudy.Parts parts =
        new ChainStudy.Parts(
            calendar,
            ChainConvention.DEFAULT,
            ChainLimits.DEFAULT,
            _ -> () -> false,
            new ChainCounters());
    board = new ChainBoard(parts, VolatilityRanks.NONE);
    study = new ChainStudy(parts);
    for (int i = 0; i < STRIKES; i++) {
      int strike = 50_000 + 500 * i;
      for (Right right : Right.values()) {
        take(quote(strike, right, 0));
        study.onTick(quote(strike, right, 0), ChainBenchmark::ignore);
      }
    }
    chain = board.chains().iterator().next();
    for (int i = 0; i < 2; i++) {
      money[i] = quote(100_000, Right.CALL, i);
      wing[i] = quote(140_000, Right.CALL, i);
    }
    int _ = chain.compute(now);
  }

  private static void ignore(MarketEvent event) {}

  private static Tick quote(int strike, Right right, int more) {
    String symbol = "SOL_USDC-%d-%s".formatted(strike, right);
    double price = new Black76(right, FORWARD, strike, YEARS, 0).price(0.5) + more;
    return new Tick.Quote(
        new Instrument.Option(
            new Reference(symbol, "DERIBIT", symbol, symbol, BigDecimal.ZERO),
            "SOL_USDC",
            EXPIRY,
            BigDecimal.valueOf(strike),
            right,
            BigDecimal.ONE),
        TIMES,
        0,
        best(price * 0.99),
        best(price * 1.01 + 0.01));
  }

  private static BestPrice best(double price) {
    return new BestPrice(BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_UP), null);
  }

  private void take(Tick tick) {
    LiveLeg leg = board.leg((Instrument.Option) tick.instrument());
    boolean _ = leg != null && leg.onTick(tick);
  }

  /** A tick alone: what a chain costs that is not due yet. */
  @Benchmark
  public int tick() {
    study.onTick(money[next++ & 1], ChainBenchmark::ignore);
    return next;
  }

  /** A tick away from the money, and its strike; the forward stands. */
  @Benchmark
  public int strike() {
    take(wing[next++ & 1]);
    return chain.compute(now);
  }

  /** A second later: all strikes. */
  @Benchmark
  public int all() {
    now += 1_000;
    return chain.compute(now);
  }

  /** The figures of the whole chain, after all strikes. */
  @Benchmark
  public Object figures() {
    now += 1_000;
    int _ = chain.compute(now);
    return chain.figures();
  }
}
