package dev.tapeline.json;

import dev.tapeline.bench.jmh.Samples;
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
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Whether a payload is JSON: the hub's check, and Jackson's parser for comparison. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonCheckBenchmark {

  private final JsonFactory factory = new JsonFactory();
  private final byte[] tick = Samples.marketTick();
  private final byte[] depth = Samples.depth(1);

  @Benchmark
  public boolean tick() {
    return JsonText.isValid(tick);
  }

  @Benchmark
  public int tickByJackson() {
    return tokens(tick);
  }

  @Benchmark
  public boolean depth() {
    return JsonText.isValid(depth);
  }

  @Benchmark
  public int depthByJackson() {
    return tokens(depth);
  }

  private int tokens(byte[] json) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
      int count = 0;
      while (parser.nextToken() != null) {
        count++;
      }
      return count;
    }
  }
}
