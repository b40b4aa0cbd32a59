package dev.tapeline.market.indicator;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures indicators over the bars of a series: eleven values at each tick, as {@code peek} and as
 * {@code update}; all of the common ones; and those made anew of all bars that they use.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndicatorBenchmark {

  private static final int BARS = 512;

  /** RSI, EMA, SMA, MACD with signal, ATR, ADX with +DI, Bollinger's band, %K and %D, and more. */
  private static final IndicatorSpec ELEVEN =
      IndicatorSpec.parse("rsi+ema+sma+macd+atr+adx+bb+stoch");

  private final BarValues[] bars = new BarValues[BARS];
  private final IndicatorSet eleven = new IndicatorSet(ELEVEN);
  private final Readings elevenReadings = new Readings(ELEVEN);
  private final IndicatorSet common = new IndicatorSet(IndicatorSpec.DEFAULT);
  private final Readings commonReadings = new Readings(IndicatorSpec.DEFAULT);
  private int next;

  /** Makes the bars of a random walk. */
  public IndicatorBenchmark() {
    Random random = new Random(17);
    double price = 24_000;
    for (int i = 0; i < BARS; i++) {
      double open = price;
      price += random.nextGaussian() * 5;
      double high = Math.max(open, price) + random.nextDouble() * 4;
      double low = Math.min(open, price) - random.nextDouble() * 4;
      bars[i] = new BarValues().prices(open, high, low, price).volume(1 + random.nextInt(900));
      eleven.commit(bars[i]);
      common.commit(bars[i]);
    }
  }

  private BarValues bar() {
    next = (next + 1) % BARS;
    return bars[next];
  }

  @Benchmark
  public Readings peekEleven() {
    eleven.peek(bar(), elevenReadings);
    return elevenReadings;
  }

  @Benchmark
  public Readings updateEleven() {
    eleven.update(bar(), elevenReadings);
    return elevenReadings;
  }

  @Benchmark
  public Readings peekCommon() {
    common.peek(bar(), commonReadings);
    return commonReadings;
  }

  /** The time of one bar of them. */
  @Benchmark
  @OperationsPerInvocation(BARS)
  public Readings commonAnew() {
    common.reset();
    for (BarValues bar : bars) {
      common.commit(bar);
    }
    common.peek(bar(), commonReadings);
    return commonReadings;
  }
}
