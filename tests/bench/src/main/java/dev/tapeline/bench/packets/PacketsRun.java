package dev.tapeline.bench.packets;

import dev.tapeline.bench.dhan.SamplePackets;
import dev.tapeline.bench.plant.BusAndCache;
import dev.tapeline.bench.plant.CountedMarket;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.feed.dhan.DhanVendor;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives Dhan's packets of one kind to Dhan's session, on the calling thread, which is the feed's
 * and the market's thread here: to ticks alone, or through a market to bus and cache.
 */
final class PacketsRun {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SamplePackets sample;
  private final List<byte[]> frames;
  private final VendorSession session;
  private final String socket;

  PacketsRun(PacketKind kind, int instruments, int packed) {
    sample = new SamplePackets(kind.mode(), instruments, kind.books());
    frames = sample.frames(packed);
    NoLink link = new NoLink();
    session = new DhanVendor(options(kind.mode()), parts()).converse(link);
    Map<Instrument, Detail> watched = new HashMap<>();
    sample.instruments().forEach(one -> watched.put(one, kind.detail()));
    NoTicks none = new NoTicks();
    session.onArrival(new Arrival.Watch(Watchlist.of(watched), SamplePackets.RECEIVED), none);
    link.sockets()
        .forEach(name -> session.onArrival(new Arrival.Opened(name, SamplePackets.RECEIVED), none));
    socket = link.sockets().getFirst();
  }

  private static DhanOptions options(FeedMode mode) {
    DhanOptions own = DhanOptions.of(() -> "client", () -> "token");
    return new DhanOptions(
        own.account(),
        own.sockets(),
        own.limits(),
        own.deepBooks(),
        mode,
        own.tradeTimeAhead(),
        own.chainInterval(),
        own.tokens(),
        own.orderUpdates(),
        own.budgets(),
        own.seed());
  }

  private static DhanVendor.Parts parts() {
    ChainLegs none =
        new ChainLegs() {
          @Override
          public @Nullable Instrument underlying(String symbol) {
            return null;
          }

          @Override
          public @Nullable Instrument leg(
              ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String id) {
            return null;
          }
        };
    return DhanVendor.Parts.of(TradingHours.ALWAYS, none);
  }

  /** What some rounds came to, in the thread's processor time. */
  record Result(long packets, long ticks, long publications, long losses, double cpuSeconds) {

    double nanosPerPacket() {
      return cpuSeconds * 1e9 / packets;
    }
  }

  /**
   * How often is measured.
   *
   * @param warmUp the seconds before, in which the code is compiled
   * @param times how often, of which the median counts
   * @param rounds of the sample each time
   */
  record Effort(double warmUp, int times, int rounds) {}

  /** Decodes to ticks, which nobody takes. */
  Result decode(Effort effort) {
    NoTicks ticks = new NoTicks();
    int rounds = effort.rounds;
    return median(
        effort,
        () -> {
          long before = ticks.count;
          double seconds = play(rounds, ticks);
          return new Result(packets(rounds), ticks.count - before, 0, 0, seconds);
        });
  }

  /** Goes the whole way to bus and cache. */
  Result publish(Effort effort, BusAndCache target) {
    CountedMarket market = new CountedMarket(target);
    int rounds = effort.rounds;
    return median(
        effort,
        () -> {
          long ticks = market.ticks();
          long publications = market.publications();
          double seconds = play(rounds, market);
          return new Result(
              packets(rounds),
              market.ticks() - ticks,
              market.publications() - publications,
              market.losses(),
              seconds);
        });
  }

  private interface Turn {
    Result play();
  }

  private static Result median(Effort effort, Turn turn) {
    long end = System.nanoTime() + (long) (effort.warmUp * 1e9);
    while (System.nanoTime() - end < 0) {
      turn.play();
    }
    List<Result> sorted =
        IntStream.range(0, effort.times)
            .mapToObj(_ -> turn.play())
            .sorted(Comparator.comparingDouble(Result::cpuSeconds))
            .toList();
    return sorted.get(sorted.size() / 2);
  }

  /** The packets that it gives to the session. */
  SamplePackets sample() {
    return sample;
  }

  private long packets(int rounds) {
    return (long) rounds * sample.packets().size();
  }

  /** Plays all frames, each a batch; returns the seconds of processor time without preparations. */
  private double play(int rounds, TickListener out) {
    long nanos = 0;
    for (int round = 0; round < rounds; round++) {
      sample.nextRound(frames);
      long start = THREADS.getCurrentThreadCpuTime();
      for (byte[] frame : frames) {
        session.onArrival(new Arrival.Frame(socket, false, frame, SamplePackets.RECEIVED), out);
        out.onBatchEnd();
      }
      nanos += THREADS.getCurrentThreadCpuTime() - start;
    }
    return nanos / 1e9;
  }

  /** Counts ticks, so that none is made in vain. */
  private static final class NoTicks implements TickListener {

    private long count;

    @Override
    public void onTick(Tick tick) {
      count += tick.times().received() == 0 ? 0 : 1;
    }

    @Override
    public void onTime(long millis) {}

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }
}
