package dev.tapeline.bench.packets;

import dev.tapeline.bench.dhan.SamplePackets;
import dev.tapeline.bench.dhan.SampleSession;
import dev.tapeline.bench.host.Effort;
import dev.tapeline.bench.plant.BusAndCache;
import dev.tapeline.bench.plant.CountedMarket;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.List;

/**
 * Gives Dhan's packets of one kind to Dhan's session, on the calling thread, which is the feed's
 * and the market's thread here: to ticks alone, or through a market to bus and cache.
 */
final class PacketsRun {

  private final SamplePackets sample;
  private final List<byte[]> frames;
  private final SampleSession session;

  PacketsRun(PacketKind kind, int instruments, int packed) {
    sample = new SamplePackets(kind.mode(), instruments, kind.books());
    frames = sample.frames(packed);
    session = new SampleSession(sample, kind.mode(), kind.detail());
  }

  /** What some rounds came to, in the thread's processor time. */
  record Result(long packets, long ticks, long publications, long losses, double cpuSeconds) {

    double nanosPerPacket() {
      return cpuSeconds * 1e9 / packets;
    }
  }

  /** Decodes to ticks, which nobody takes. */
  Result decode(Effort effort) {
    NoTicks ticks = new NoTicks();
    int rounds = effort.rounds();
    return effort.median(
        () -> {
          long before = ticks.count;
          double seconds = play(rounds, ticks);
          return new Result(packets(rounds), ticks.count - before, 0, 0, seconds);
        },
        Result::cpuSeconds);
  }

  /** Goes the whole way to bus and cache. */
  Result publish(Effort effort, BusAndCache target) {
    CountedMarket market = CountedMarket.of(target);
    int rounds = effort.rounds();
    return effort.median(
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
        },
        Result::cpuSeconds);
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
      long start = Effort.threadNanos();
      for (byte[] frame : frames) {
        session.give(frame, SamplePackets.RECEIVED, out);
        out.onBatchEnd();
      }
      nanos += Effort.threadNanos() - start;
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
