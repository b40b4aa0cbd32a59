package dev.tapeline.plant.watch;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures one plan for 25,000 wanted symbols of which 20 have changed: ten channels that came and
 * ten that went, as 100 changes a second leave for each of five plans.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WatchPlannerBenchmark {

  private static final int WANTED = 25_000;
  private static final int CHANGES = 10;

  private final Instruments instruments = new Instruments(WANTED * 2, "bus");
  private final List<Selector> channels = new ArrayList<>();
  private @Nullable Watchlist told;
  private final WatchPlanner planner =
      new WatchPlanner(new Finder(), (_, list) -> told = list, WANTED);
  private int next;

  /** Finds the instruments of the registry. */
  private final class Finder implements InstrumentFinder {

    @Override
    public @Nullable Found find(String symbol) {
      Instrument known = instruments.bySymbol(symbol).orElse(null);
      String source = instruments.sourceOf(symbol).orElse(null);
      return known == null || source == null ? null : new Found(source, known);
    }

    @Override
    public @Nullable Found findKey(String key) {
      return null;
    }

    @Override
    public boolean hasDerivatives(Found found) {
      return false;
    }

    @Override
    public List<Instrument> legs(ChainKey chain) {
      return List.of();
    }
  }

  @Setup
  public void want() {
    for (int i = 0; i < WANTED + CHANGES; i++) {
      String symbol = "SYMBOL" + i;
      instruments.add("dhan", Instrument.binance(symbol));
      channels.add(new Channel("market:tick:" + symbol));
    }
    planner.onWanted(channels.subList(0, WANTED));
    planner.plan();
  }

  @Benchmark
  public @Nullable Watchlist plan() {
    planner.onReleased(some(next));
    planner.onWanted(some(next + WANTED));
    next += CHANGES;
    planner.plan();
    return told;
  }

  private List<Selector> some(int first) {
    return IntStream.range(first, first + CHANGES)
        .mapToObj(i -> channels.get(i % channels.size()))
        .toList();
  }
}
