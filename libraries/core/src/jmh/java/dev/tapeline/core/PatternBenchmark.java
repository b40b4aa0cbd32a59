package dev.tapeline.core;

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

/** Measures the match of a pattern and a channel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PatternBenchmark {

  private final Pattern prefix = Pattern.parse("market:tick:*");
  private final Pattern middle = Pattern.parse("engine:*:BANKNIFTY");
  private final Pattern stars = Pattern.parse("*a*b*c*d*");
  private final String tick = "market:tick:BANKNIFTY";
  private final String signal = "engine:signal:BANKNIFTY";

  @Benchmark
  public boolean prefixMatches() {
    return prefix.matches(tick);
  }

  @Benchmark
  public boolean prefixDiffers() {
    return prefix.matches(signal);
  }

  @Benchmark
  public boolean middleMatches() {
    return middle.matches(signal);
  }

  @Benchmark
  public boolean manyStarsDiffer() {
    return stars.matches(signal);
  }
}
