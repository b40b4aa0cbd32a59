package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * Measures the decoding of a day's packets to ticks: 2,000 instruments in turn, each packet with a
 * trade at another price of the instrument than the one before, a full one with a book that moves.
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
  private static final long RECEIVED = 1_753_417_800_000L;
  private static final int TIME = 1_753_437_000;

  private final Count count = new Count();
  private final Market ticker = new Market(FeedMode.TICKER, 2, 16);
  private final Market quote = new Market(FeedMode.QUOTE, 4, 50);
  private final Market full = new Market(FeedMode.FULL, 8, 162);

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
  private static final class Market {
    private final byte[][] frames = new byte[PACKETS][];
    private final PacketDecoder decoder;
    private int round;

    Market(FeedMode mode, int code, int size) {
      InstrumentTable table = new InstrumentTable();
      Map<Instrument, FeedMode> modes = new HashMap<>();
      for (int id = 0; id < INSTRUMENTS; id++) {
        Reference reference =
            new Reference("S" + id, "NSE_EQ", Integer.toString(id * 7), "S", BigDecimal.ZERO);
        modes.put(new Instrument.Share(reference), mode);
      }
      table.watch(modes, RECEIVED);
      PacketListener none =
          new PacketListener() {
            @Override
            public void onFault(String kind, String reason) {
              // the volume falls once in 255 rounds
            }

            @Override
            public void onDisconnect(int reason) {}
          };
      decoder = new PacketDecoder(table, TradingHours.ALWAYS, Duration.ofMinutes(330), none);
      Random random = new Random(1);
      for (int i = 0; i < PACKETS; i++) {
        frames[i] = packet(code, size, i, random);
      }
    }

    private static byte[] packet(int code, int size, int i, Random random) {
      int id = i % INSTRUMENTS;
      int base = 10_000 + id * 37;
      int hundredths = base + random.nextInt(10) * 5;
      float price = hundredths / 100f;
      ByteBuffer packet = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      packet.put(0, (byte) code).putShort(1, (short) size).put(3, (byte) 1).putInt(4, id * 7);
      packet.putFloat(8, price);
      if (code == 2) {
        return packet.putInt(12, TIME + i / INSTRUMENTS).array();
      }
      packet.putShort(12, (short) 25).putInt(14, TIME + i / INSTRUMENTS).putInt(22, i + 1);
      int at = code == 4 ? 34 : 46;
      packet.putFloat(18, price).putFloat(at, base / 100f).putFloat(at + 4, base / 100f);
      packet.putFloat(at + 8, (base + 1_000) / 100f).putFloat(at + 12, base / 100f);
      for (int level = 0; code == 8 && level < 5; level++) {
        int row = 62 + 20 * level;
        packet.putInt(row, 1 + random.nextInt(5_000)).putInt(row + 4, 1 + random.nextInt(5_000));
        packet.putFloat(row + 12, (hundredths - level * 5) / 100f);
        packet.putFloat(row + 16, (hundredths + level * 5 + 5) / 100f);
      }
      return packet.array();
    }

    /** Adds 16 million to the volume, as it must not fall from round to round; for 250 rounds. */
    private void grow(byte[] frame) {
      if (frame.length > 16) {
        frame[25] = (byte) round;
      }
    }

    /** Decodes all; the times of the packets go on from round to round. */
    int decode(Count count) {
      round = round % 255 + 1;
      for (byte[] frame : frames) {
        grow(frame);
        decoder.decode(frame, 0, frame.length, RECEIVED + round, count);
      }
      return count.ticks;
    }
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
}
