package dev.tapeline.bench.plant;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.market.Market;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A market that publishes to a bus and a cache, and counts the ticks and the calls to both. The
 * figures are read once its thread has ended, or on it.
 */
public final class CountedMarket implements TickListener {

  private final Carrier carrier;
  private final Cache cache;
  private final MarketPublisher publisher;
  private final Market market;
  private long ticks;
  private long busCalls;
  private long cacheCalls;

  /**
   * A market with more studies than the common ones.
   *
   * @param more behind the common ones
   */
  public CountedMarket(Carrier carrier, Cache cache, List<Study> more) {
    this.carrier = carrier;
    this.cache = cache;
    this.publisher =
        new MarketPublisher(
            new CountingCarrier(),
            new CountingCache(),
            MarketPublisher.Settings.of("bench", _ -> false, true),
            System::currentTimeMillis);
    this.market = Market.of(publisher, more);
  }

  /** A market with the common studies. */
  public static CountedMarket of(BusAndCache target) {
    return new CountedMarket(Carrier.of(target.bus()), target.cache(), List.of());
  }

  public long ticks() {
    return ticks;
  }

  public long publications() {
    return publisher.publications();
  }

  /** The number of batches that were published. */
  public long busCalls() {
    return busCalls;
  }

  /** The number of batches that were written to the cache. */
  public long cacheCalls() {
    return cacheCalls;
  }

  /** The number of batches that bus or cache did not take. */
  public long losses() {
    return publisher.busLosses() + publisher.cacheLosses();
  }

  @Override
  public void onTick(Tick tick) {
    ticks++;
    market.onTick(tick);
  }

  @Override
  public void onTime(long millis) {
    market.onTime(millis);
  }

  @Override
  public void onFrameEnd() {
    market.onFrameEnd();
  }

  @Override
  public void onBatchEnd() {
    market.onBatchEnd();
  }

  /** Counts the batches that go to the bus. */
  private final class CountingCarrier implements Carrier {

    @Override
    public CompletionStage<Void> publish(List<Publication> batch) {
      busCalls++;
      return carrier.publish(batch);
    }

    @Override
    public boolean isUp() {
      return carrier.isUp();
    }
  }

  /** Counts the batches that go to the cache. */
  private final class CountingCache implements Cache {

    @Override
    public CompletionStage<Map<String, String>> getAll(List<String> keys) {
      return cache.getAll(keys);
    }

    @Override
    public CompletionStage<List<String>> newest(String key, int count) {
      return cache.newest(key, count);
    }

    @Override
    public CompletionStage<Void> write(List<Write> writes) {
      cacheCalls++;
      return cache.write(writes);
    }

    @Override
    public void close() {}
  }
}
