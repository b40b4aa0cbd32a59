package dev.tapeline.bench.whole;

import dev.tapeline.bench.dhan.SamplePackets;
import dev.tapeline.bench.dhan.SampleSession;
import dev.tapeline.bench.host.Effort;
import dev.tapeline.bench.plant.CountedMarket;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.market.event.Study;
import java.util.List;

/**
 * Gives Dhan's quote packets to Dhan's session, whose ticks go through a market with its studies to
 * a publisher, on the calling thread. The market's time goes on with the packets, however long they
 * take.
 */
final class PlantRun {

  /** How often a feed tells the time at least. */
  private static final long TIME_MILLIS = 100;

  private final SamplePackets sample;
  private final List<byte[]> frames;
  private final SampleSession session;
  private final Nowhere nowhere = new Nowhere();
  private final CountedMarket market;
  private final double millisPerFrame;
  private double time = SamplePackets.RECEIVED;
  private long told = SamplePackets.RECEIVED;

  /**
   * @param packed how many packets a frame holds
   * @param rate packets of each instrument in a second of the market
   * @param studies behind the common ones
   */
  PlantRun(int instruments, int packed, double rate, List<Study> studies) {
    sample = new SamplePackets(FeedMode.QUOTE, instruments, SamplePackets.Books.MOVING);
    frames = sample.frames(packed);
    session = new SampleSession(sample, FeedMode.QUOTE, Detail.QUOTE);
    market = new CountedMarket(nowhere, nowhere, studies);
    millisPerFrame = 1_000 / (rate * instruments) * packed;
  }

  /** What some rounds came to, in the thread's processor time. */
  record Result(
      long packets, long ticks, long publications, long bytes, long losses, double cpuSeconds) {

    double nanosPerPacket() {
      return cpuSeconds * 1e9 / packets;
    }

    double ticksPerSecond() {
      return ticks / cpuSeconds;
    }
  }

  Result run(Effort effort) {
    return effort.median(() -> once(effort.rounds()), Result::nanosPerPacket);
  }

  private Result once(int rounds) {
    long ticks = market.ticks();
    long publications = market.publications();
    long bytes = nowhere.bytes();
    long nanos = 0;
    for (int round = 0; round < rounds; round++) {
      prepare();
      long start = Effort.threadNanos();
      for (byte[] frame : frames) {
        give(frame);
      }
      nanos += Effort.threadNanos() - start;
    }
    return new Result(
        (long) rounds * sample.packets().size(),
        market.ticks() - ticks,
        market.publications() - publications,
        nowhere.bytes() - bytes,
        market.losses(),
        nanos / 1e9);
  }

  private void prepare() {
    sample.nextRound(frames);
    double at = time;
    for (byte[] frame : frames) {
      at += millisPerFrame;
      sample.tradedAt(frame, (long) at);
    }
  }

  /** Gives a frame, which is a batch, with the time as a feed tells it. */
  private void give(byte[] frame) {
    time += millisPerFrame;
    long now = (long) time;
    if (now - told >= TIME_MILLIS) {
      told = now;
      market.onTime(now);
    }
    session.give(frame, now, market);
    market.onBatchEnd();
  }
}
