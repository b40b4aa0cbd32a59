package dev.tapeline.hub.frame;

import dev.tapeline.bench.jmh.ChainSample;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the compression of an option chain at each level; reports the compressed length at the
 * end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeflateBenchmark {

  @Param({"1", "4", "6", "9"})
  public int level;

  private final byte[] chain = ChainSample.json();
  private final byte[] out = new byte[chain.length];
  private Deflater deflater = new Deflater();

  @Setup
  public void open() {
    deflater.end();
    deflater = new Deflater(level, true);
  }

  @Benchmark
  public int chain() {
    deflater.reset();
    deflater.setInput(chain);
    return deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
  }

  @TearDown
  public void close() {
    System.out.printf("%n%d bytes of %d%n", chain(), chain.length);
    deflater.end();
  }
}
