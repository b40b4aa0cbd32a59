package dev.tapeline.bench.ticks;

import dev.tapeline.bench.plant.BusAndCache;
import dev.tapeline.bench.plant.CountedMarket;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.market.instrument.Instrument;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** Plays a recording through a market to a bus and a cache, and counts the calls to both. */
final class TicksRun {

  private TicksRun() {}

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

  static Result play(BusAndCache target, Recording recording, Pace pace)
      throws InterruptedException {
    CountedMarket market = CountedMarket.of(target);
    Ending ending = new Ending();
    long start = System.nanoTime();
    try (ReplayFeed feed =
        new ReplayFeed(
            recording,
            () -> new BinanceDecoder(Instrument::binance),
            new ReplayOptions(pace, false, false),
            ReplayGate.OPEN,
            InstantSource.system())) {
      feed.start(ending, market);
      ending.ended.await();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        market.ticks(),
        market.publications(),
        seconds,
        market.busCalls(),
        market.cacheCalls(),
        market.losses());
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
}
