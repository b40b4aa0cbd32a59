package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures the bars of trades of 1,000 pairs in random order: one base frame alone, and nine frames
 * that are read twice a second of a market with 131,072 trades a second. The trades are made as
 * decoders make them, which {@link #tradesAlone} measures by itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class BarBenchmark {

  private static final int TRADES = 1 << 16;
  private static final int PAIRS = 1_000;
  private static final long BEGIN = 1_796_900_040_000L;
  private static final long STEP = 500;

  @Param({"1m", "1m,3m,5m,10m,15m,30m,1h,4h,1d"})
  private String frames = "1m";

  private final Instrument[] pairs = new Instrument[PAIRS];
  private final short[] pair = new short[TRADES];
  private final int[] price = new int[TRADES];
  private final int[] quantity = new int[TRADES];
  private final Consumer<MarketEvent> out = this::count;
  private BarStudy study = study("1m");
  private long now = BEGIN;
  private long told;

  /** The last values of nothing: bars don't read them. */
  private static final class NoValues implements LastValues {

    @Override
    public @Nullable BigDecimal price() {
      return null;
    }

    @Override
    public @Nullable BigDecimal quantity() {
      return null;
    }

    @Override
    public @Nullable BigDecimal bid() {
      return null;
    }

    @Override
    public @Nullable BigDecimal ask() {
      return null;
    }

    @Override
    public boolean isPreOpen() {
      return false;
    }

    @Override
    public long time() {
      return 0;
    }
  }

  private static final LastValues NO_VALUES = new NoValues();

  private void count(MarketEvent event) {
    told++;
  }

  private static BarStudy study(String frames) {
    List<Frame> all = Stream.of(frames.split(",")).map(Frame::parse).toList();
    return BarStudy.of(
        BarRules.of(all),
        new BarSessions(new TradingCalendar(List.of()), _ -> true, _ -> false),
        new Wanted(all.size() > 1 ? all : List.of()),
        new BarCounts());
  }

  /** Wants the same frames of all. */
  private record Wanted(List<Frame> all) implements BarDemand {

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<Frame> frames(String symbol) {
      return all;
    }
  }

  @Setup
  public void begin() {
    study = study(frames);
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      pairs[i] = Instrument.binance("PAIR" + i);
    }
    for (int i = 0; i < TRADES; i++) {
      pair[i] = (short) random.nextInt(PAIRS);
      price[i] = 1_000_000 + random.nextInt(10_000);
      quantity[i] = 1 + random.nextInt(1_000);
    }
  }

  private Tick.Trade trade(int i, Times times) {
    return new Tick.Trade(
        pairs[pair[i]],
        times,
        i,
        BigDecimal.valueOf(price[i], 2),
        BigDecimal.valueOf(quantity[i], 3),
        null,
        null);
  }

  /** Half a second of the market: its trades, and the time behind them. */
  @Benchmark
  @OperationsPerInvocation(TRADES)
  public long halfASecond() {
    now += STEP;
    Times times = new Times(now, now);
    for (int i = 0; i < TRADES; i++) {
      study.onEvent(new MarketEvent.Traded(trade(i, times), NO_VALUES), out);
    }
    study.onTime(now + 1, out);
    return told;
  }

  /** The same trades, which nobody takes. */
  @Benchmark
  @OperationsPerInvocation(TRADES)
  public void tradesAlone(Blackhole nobody) {
    Times times = new Times(now, now);
    for (int i = 0; i < TRADES; i++) {
      nobody.consume(new MarketEvent.Traded(trade(i, times), NO_VALUES));
    }
  }
}
