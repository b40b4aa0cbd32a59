package dev.tapeline.feed.binance;

import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.instrument.Instrument;
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

/** Measures the decoding of a vendor's frame to a tick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BinanceDecodeBenchmark {

  private final byte[] trade = Samples.trade(1);
  private final byte[] depth = Samples.depth(1);
  private final TickBuffer ticks = new TickBuffer();
  private final Instrument instrument = Instrument.binance("BTCUSDT");
  private final BinanceDecoder decoder = new BinanceDecoder(_ -> instrument);

  @Benchmark
  public Decoded trade() {
    ticks.clear();
    return decoder.decode(trade, 0, trade.length, 1, ticks);
  }

  @Benchmark
  public Decoded depthOfTwentyLevels() {
    ticks.clear();
    return decoder.decode(depth, 0, depth.length, 1, ticks);
  }
}
