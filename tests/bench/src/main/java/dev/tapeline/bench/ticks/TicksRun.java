package dev.tapeline.bench.ticks;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.market.Market;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Plays a recording through a market to a bus and a cache, and counts the calls to both. */
final class TicksRun {

  private final Bus bus;
  private final Cache cache;
  private final AtomicLong busCalls = new AtomicLong();
  private final AtomicLong cacheCalls = new AtomicLong();

  TicksRun(Bus bus, Cache cache) {
    this.bus = bus;
    this.cache = cache;
  }

  /**
   * What a run came to.
   *
   * @param busCalls batches that were published
   * @param losses batches that bus or cache did not take
   */
  record Result(
      long ticks, long publications, double seconds, long busCalls, long cacheCalls, long losses) {

    double ticksPerSecond() {
      return ticks / seconds;
    }

    double busCallsPerTick() {
      return (double) busCalls / ticks;
    }

    double cacheCallsPerTick() {
      return (double) cacheCalls / ticks;
    }
  }

  Result play(Recording recording, Pace pace) throws InterruptedException {
    busCalls.set(0);
    cacheCalls.set(0);
    MarketPublisher publisher =
        new MarketPublisher(
            new CountingCarrier(),
            new CountingCache(),
            MarketPublisher.Settings.of("bench", _ -> false, true),
            System::currentTimeMillis);
    CountingTicks ticks = new CountingTicks(Market.of(publisher));
    Ending ending = new Ending();
    long start = System.nanoTime();
    try (ReplayFeed feed =
        new ReplayFeed(
            recording,
            () -> new BinanceDecoder(Instrument::binance),
            new ReplayOptions(pace, false, false),
            ReplayGate.OPEN,
            InstantSource.system())) {
      feed.start(ending, ticks);
      ending.ended.await();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        ticks.count,
        publisher.publications(),
        seconds,
        busCalls.get(),
        cacheCalls.get(),
        publisher.busLosses() + publisher.cacheLosses());
  }

  /** Waits for the end of a recording. */
  private static final class Ending implements FeedListener {

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void onStatus(FeedStatus status) {}

    @Override
    public void onFault(FeedFault fault) {}

    @Override
    public void onEnded() {
      ended.countDown();
    }

    @Override
    public void onFailed(Exception failure) {
      ended.countDown();
    }
  }

  /** Counts ticks on their way. */
  private static final class CountingTicks implements TickListener {

    private final TickListener next;
    private long count;

    private CountingTicks(TickListener next) {
      this.next = next;
    }

    @Override
    public void onTick(Tick tick) {
      count++;
      next.onTick(tick);
    }

    @Override
    public void onTime(long millis) {
      next.onTime(millis);
    }

    @Override
    public void onFrameEnd() {
      next.onFrameEnd();
    }

    @Override
    public void onBatchEnd() {
      next.onBatchEnd();
    }
  }

  /** Counts the batches that go to the bus. */
  private final class CountingCarrier implements Carrier {

    @Override
    public CompletionStage<Void> publish(List<Publication> batch) {
      busCalls.incrementAndGet();
      return bus.publish(batch);
    }

    @Override
    public boolean isUp() {
      return bus.state() == Bus.State.UP;
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
      cacheCalls.incrementAndGet();
      return cache.write(writes);
    }

    @Override
    public void close() {}
  }
}
