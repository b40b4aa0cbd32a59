package dev.tapeline.feed.dhan.packet;

import dev.tapeline.bench.dhan.SamplePackets;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the decoding of packets to ticks: 2,000 instruments in turn, each packet a trade, a full
 * one with a book that has changed as real ones do, or altogether.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DhanDecodeBenchmark {

  private static final int INSTRUMENTS = 2_000;
  private static final int PACKETS = 20_000;

  private final Count count = new Count();
  private final Round ticker = new Round(FeedMode.TICKER, SamplePackets.Books.MOVING);
  private final Round quote = new Round(FeedMode.QUOTE, SamplePackets.Books.MOVING);
  private final Round full = new Round(FeedMode.FULL, SamplePackets.Books.MOVING);
  private final Round fullAtRandom = new Round(FeedMode.FULL, SamplePackets.Books.RANDOM);

  /** Counts the ticks, so that none is made in vain. */
  private static final class Count implements TickListener {
    private int ticks;

    @Override
    public void onTick(Tick tick) {
      ticks += tick.instrument() == null ? 0 : 1;
    }

    @Override
    public void onTime(long millis) {}

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  /** Packets of one kind and their decoder. */
  private static final class Round {
    private final SamplePackets sample;
    private final List<byte[]> frames;
    private final PacketDecoder decoder;

    Round(FeedMode mode, SamplePackets.Books books) {
      sample = new SamplePackets(mode, INSTRUMENTS, books);
      frames = sample.packets();
      InstrumentTable table = new InstrumentTable();
      table.watch(
          sample.instruments().stream()
              .collect(Collectors.toMap(Function.<Instrument>identity(), _ -> mode)),
          SamplePackets.RECEIVED);
      decoder =
          new PacketDecoder(table, TradingHours.ALWAYS, Duration.ofMinutes(330), new NoFaults());
    }

    /** Decodes all; volumes and times go on from round to round. */
    int decode(Count count) {
      sample.nextRound(frames);
      for (byte[] frame : frames) {
        decoder.decode(frame, 0, frame.length, SamplePackets.RECEIVED, count);
      }
      return count.ticks;
    }
  }

  private static final class NoFaults implements PacketListener {

    @Override
    public void onFault(String kind, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void onDisconnect(int reason) {}
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int ticker() {
    return ticker.decode(count);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int quote() {
    return quote.decode(count);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int full() {
    return full.decode(count);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int fullAtRandom() {
    return fullAtRandom.decode(count);
  }
}
