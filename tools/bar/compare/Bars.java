import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes the bars that Tapeline makes of trades, and prints the time that a trade takes; see compare.py. */
final class Bars {

  private static final int COLUMNS = 4;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long[] trades;
  private final Instrument[] pairs;
  private final List<Frame> frames;
  private long told;

  private Bars(long[] trades, List<Frame> frames) {
    this.trades = trades;
    this.frames = frames;
    int last = 0;
    for (int i = 0; i < trades.length; i += COLUMNS) {
      last = Math.max(last, (int) trades[i]);
    }
    pairs = new Instrument[last + 1];
    for (int i = 0; i <= last; i++) {
      pairs[i] = Instrument.binance("PAIR" + i);
    }
  }

  /** Takes the file of trades, each four longs as compare.py writes them; the frames; the file of the bars. */
  public static void main(String[] args) throws Exception {
    LongBuffer all =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0]))).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] trades = new long[all.remaining()];
    all.get(trades);
    Bars bars = new Bars(trades, Stream.of(args[1].split(",")).map(Frame::parse).toList());
    bars.write(Path.of(args[2]));
    double least = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + 8_000_000_000L;
    while (System.nanoTime() < end) {
      long begin = THREADS.getCurrentThreadCpuTime();
      bars.play(_ -> bars.told++);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - begin);
    }
    System.out.printf("%.1f%n", least * COLUMNS / trades.length);
    System.err.println(bars.told);
  }

  /** Makes all bars; each trade with its decimals is a new object. */
  private void play(Consumer<MarketEvent> out) {
    BarStudy study =
        BarStudy.of(
            BarRules.of(frames),
            new BarSessions(new TradingCalendar(List.of()), _ -> true, _ -> false),
            BarDemand.NONE,
            new BarCounts());
    long second = Long.MIN_VALUE;
    for (int i = 0; i < trades.length; i += COLUMNS) {
      long time = trades[i + 1];
      if (time / 1_000 != second) {
        second = time / 1_000;
        study.onTime(time, out);
      }
      Tick.Trade trade =
          new Tick.Trade(
              pairs[(int) trades[i]],
              new Times(time, time),
              i,
              BigDecimal.valueOf(trades[i + 2], 2),
              BigDecimal.valueOf(trades[i + 3], 2),
              null,
              null);
      study.onEvent(new MarketEvent.Traded(trade, NO_VALUES), out);
    }
    study.onTime(trades[trades.length - 3] + 90_000_000, out);
  }

  private void write(Path file) throws Exception {
    TreeMap<String, Bar> bars = new TreeMap<>();
    play(
        event -> {
          if (event instanceof MarketEvent.BarChanged(var pair, _, Bar bar)) {
            bars.put(pair.symbol().substring(4) + " " + bar.frame() + " " + bar.time(), bar);
          }
        });
    try (PrintWriter out = new PrintWriter(file.toFile())) {
      bars.forEach(
          (key, bar) ->
              out.println(
                  "%s %s %s %s %s %s %d"
                      .formatted(
                          key,
                          bar.prices().open(),
                          bar.prices().high(),
                          bar.prices().low(),
                          bar.prices().close(),
                          bar.volume(),
                          bar.count())));
    }
  }

  private static final LastValues NO_VALUES =
      new LastValues() {
        @Override
        public BigDecimal price() {
          return null;
        }

        @Override
        public BigDecimal quantity() {
          return null;
        }

        @Override
        public BigDecimal bid() {
          return null;
        }

        @Override
        public BigDecimal ask() {
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
      };
}
