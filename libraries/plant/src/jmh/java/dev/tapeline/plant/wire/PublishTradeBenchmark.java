package dev.tapeline.plant.wire;

import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLog;
import dev.tapeline.market.Market;
import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

/** Measures the payloads of all publications and cached values of a trade. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PublishTradeBenchmark {

  private final Cache cache = new EmbeddedCache(100, () -> 0);
  private final Tick trade = Samples.tick(Samples.trade(1));
  private final NowhereBus bus = new NowhereBus();
  private final Market market =
      Market.of(
          new MarketPublisher(
              Carrier.of(bus),
              cache,
              MarketPublisher.Settings.of("bench", _ -> false, true),
              () -> 1));

  @Benchmark
  public List<Publication> trade() {
    market.onTick(trade);
    market.onFrameEnd();
    market.onBatchEnd();
    return bus.last;
  }

  /** A bus that takes everything and has no subscribers. */
  private static final class NowhereBus implements Bus {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
    private List<Publication> last = List.of();

    @Override
    public void start(Listener listener) {}

    @Override
    public CompletionStage<Void> publish(List<Publication> publications) {
      last = publications;
      return DONE;
    }

    @Override
    public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
      return publish(publications);
    }

    @Override
    public void subscribe(Selector selector) {}

    @Override
    public void unsubscribe(Selector selector) {}

    @Override
    public Bus.State state() {
      return Bus.State.UP;
    }

    @Override
    public ChannelLog log() {
      return new EmbeddedLog(1, 1, DurableRules.NONE, () -> 0);
    }

    @Override
    public void close() {}
  }
}
