package dev.tapeline.market.book;

import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.market.tick.Tick;
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

/** Measures a change at 20 levels, applied to a book of some 600. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderBookBenchmark {

  private static final int CHANGES = 1024;

  private final Tick.Depth[] changes = new Tick.Depth[CHANGES];
  private final OrderBook book = new OrderBook(OrderBook.Start.EMPTY);
  private int next;

  public OrderBookBenchmark() {
    for (int i = 0; i < CHANGES; i++) {
      changes[i] = unnumbered((Tick.Depth) Samples.tick(Samples.depth(i + 1)));
    }
  }

  private static Tick.Depth unnumbered(Tick.Depth depth) {
    return new Tick.Depth(
        depth.instrument(), depth.times(), false, 0, 0, depth.bids(), depth.asks(), null);
  }

  @Benchmark
  public OrderBook.Outcome apply() {
    return book.apply(changes[next++ % CHANGES]);
  }
}
