package dev.tapeline.bench.vendor;

import dev.tapeline.bench.host.Waiting;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.market.MarketSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A market in which each of many shares trades so often a second, spread evenly over time. The
 * volume of a share is the time of its last trade, see {@link SentTime}. Its thread is {@code
 * bench-market}.
 */
final class PacedMarket implements MarketSource {

  /** What the symbols of the shares begin with; a number from 0 follows. */
  static final String PREFIX = "LOAD";

  private static final Duration STEP = Duration.ofMillis(5);
  private static final int PRICES = 40;

  /** The seconds of trades that are made up for after a pause of this thread; others are not. */
  private static final double MOST_BEHIND = 0.1;

  private final List<Instrument> shares;
  private final long[] volumes;
  private final double perSecond;
  private final long startMicros;
  private @Nullable Thread thread;

  /**
   * @param rate trades of each share in a second
   * @param startMicros when the run has begun, µs since 1970
   */
  PacedMarket(int count, double rate, long startMicros) {
    this.shares = IntStream.range(0, count).mapToObj(PacedMarket::share).toList();
    this.volumes = new long[count];
    this.perSecond = count * rate;
    this.startMicros = startMicros;
  }

  private static Instrument share(int number) {
    String symbol = PREFIX + number;
    return new Instrument.Share(
        new Reference(
            symbol, "NSE_EQ", Integer.toString(1 + number), symbol, new BigDecimal("0.05")));
  }

  @Override
  public List<Instrument> instruments() {
    return shares;
  }

  @Override
  public void start(TickListener ticks) {
    thread = Thread.ofPlatform().name("bench-market").daemon().start(() -> run(ticks));
  }

  /** Tells in each step what has become due since the one before, a tenth of a second at most. */
  private void run(TickListener ticks) {
    long most = Math.max(1, (long) (perSecond * MOST_BEHIND));
    long begun = System.nanoTime();
    long told = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long due = (long) ((System.nanoTime() - begun) / 1e9 * perSecond);
        for (told = Math.max(told, due - most); told < due; told++) {
          ticks.onTick(trade((int) (told % shares.size()), told));
          ticks.onFrameEnd();
        }
        ticks.onBatchEnd();
        Waiting.pause(STEP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the market closes
    }
  }

  private Tick trade(int number, long turn) {
    long volume = SentTime.volume(startMicros);
    BigDecimal quantity = BigDecimal.valueOf(volume - volumes[number]);
    volumes[number] = volume;
    long now = System.currentTimeMillis();
    long price = 10_000 + number + turn / shares.size() % PRICES * 5;
    return new Tick.Trade(
        shares.get(number),
        new Times(now, now),
        Tick.NO_ID,
        BigDecimal.valueOf(price, 2),
        quantity,
        null,
        null);
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
