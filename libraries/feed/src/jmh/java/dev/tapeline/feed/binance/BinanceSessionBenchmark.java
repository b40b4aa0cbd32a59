package dev.tapeline.feed.binance;

import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.SilentLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.Instrument;
import java.util.Map;
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

/** Measures a session's work on a row of trades, decoding included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BinanceSessionBenchmark {

  private static final int TRADES = 1000;
  private static final String SOCKET = "streams-1a";

  private final Arrival[] trades = new Arrival[TRADES];
  private final TickBuffer ticks = new TickBuffer();

  /** Makes the frames. */
  public BinanceSessionBenchmark() {
    for (int i = 0; i < TRADES; i++) {
      trades[i] = new Arrival.Frame(SOCKET, true, Samples.trade(i + 1), 1);
    }
  }

  @Benchmark
  @OperationsPerInvocation(TRADES)
  public int trades() {
    ticks.clear();
    VendorSession session =
        new BinanceVendor(BinanceOptions.DEFAULT, _ -> {}).converse(new SilentLink((_, _) -> {}));
    Watchlist watchlist = Watchlist.of(Map.of(Instrument.binance("BTCUSDT"), Detail.QUOTE));
    session.onArrival(new Arrival.Watch(watchlist, 1), ticks);
    session.onArrival(new Arrival.Opened(SOCKET, 1), ticks);
    for (Arrival trade : trades) {
      session.onArrival(trade, ticks);
    }
    return ticks.ticks().size();
  }
}
