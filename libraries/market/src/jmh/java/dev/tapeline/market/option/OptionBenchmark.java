package dev.tapeline.market.option;

import dev.tapeline.market.instrument.Instrument.Right;
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

/** Measures the implied volatility and the greeks of the legs of a chain. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OptionBenchmark {

  private static final int LEGS = 200;
  private static final double FORWARD = 24_321.5;

  private final Black76[] legs = new Black76[LEGS];
  private final double[] prices = new double[LEGS];
  private int next;

  /** Makes a week's chain of out-of-the-money legs with a smile. */
  public OptionBenchmark() {
    for (int i = 0; i < LEGS; i++) {
      double strike = 21_850 + 25 * i;
      Right right = strike < FORWARD ? Right.PUT : Right.CALL;
      legs[i] = new Black76(right, FORWARD, strike, 7 / 365.0, 0.065);
      double away = strike / FORWARD - 1;
      prices[i] = legs[i].price(0.12 - away / 2 + 8 * away * away);
    }
  }

  @Benchmark
  public ImpliedVolatility implied() {
    int leg = next++ % LEGS;
    return legs[leg].implied(prices[leg]);
  }

  @Benchmark
  public Greeks greeks() {
    return legs[next++ % LEGS].greeks(0.15);
  }
}
