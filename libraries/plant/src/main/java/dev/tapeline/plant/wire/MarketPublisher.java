package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.market.board.MarketBoard;
import dev.tapeline.market.board.MarketState;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Turns the ticks of one feed into publications on the bus and values in the cache; {@link
 * Payloads} has the formats. Owned by the feed's thread.
 *
 * <table>
 * <caption>What a tick leads to, in this order and as one batch</caption>
 * <tr><th>tick</th><th>leads to</th></tr>
 * <tr><td>trade</td><td>trade@, ticker@, market tick, ltp update if the price is new</td></tr>
 * <tr><td>index value</td><td>market tick, ltp update if the value is new</td></tr>
 * <tr><td>quote with a new best price, after the first trade</td><td>ticker@, market tick; ltp and
 *     ltq are those of the last trade</td></tr>
 * <tr><td>quote with new sizes only</td><td>nothing</td></tr>
 * <tr><td>change of the book</td><td>depth@</td></tr>
 * <tr><td>snapshot of the book</td><td>depth@ with the whole book</td></tr>
 * <tr><td>start of a session</td><td>nothing; state and book begin anew</td></tr>
 * </table>
 *
 * <p>A market tick is one publication on {@code market:tick:{SYMBOL}} and one on {@code
 * market:tick}, and the cached values:
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><th>key</th><th>value</th><th>time to live</th></tr>
 * <tr><td>ltp:{SEGMENT}:{SECURITY_ID}</td><td>last price</td><td>30 s</td></tr>
 * <tr><td>price:{SYMBOL}</td><td>last price</td><td>10 s</td></tr>
 * <tr><td>tick:{SYMBOL}</td><td>recent market ticks, newest first</td><td>5 min</td></tr>
 * <tr><td>{@value #SIMULATED}</td><td>{@code true}, where the ticks are invented</td><td>30
 *     s</td></tr>
 * </table>
 *
 * <p>A whole book also follows the change of the book after every {@link Settings#wholeBookEvery}
 * changes, for receivers that joined late, and once after publications were lost.
 *
 * <p>A publication's ingest stamp is the clock's time when the tick came here; a replayed tick's
 * recorded receive time stays in its payload alone. Failures of bus and cache never reach the feed.
 */
public final class MarketPublisher {

  /** A key that is there as long as cached prices may be invented. */
  public static final String SIMULATED = "market_stream:simulated";

  private static final String ALL_TICKS = "market:tick";
  private static final String LTP_UPDATES = "live_ltp_updates";
  private static final Duration LTP_TTL = Duration.ofSeconds(30);
  private static final Duration PRICE_TTL = Duration.ofSeconds(10);
  private static final Duration RECENT_TTL = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * How to publish.
   *
   * @param simulated whether the ticks are invented
   * @param recentTicks how many market ticks of an instrument are kept in the cache
   * @param wholeBookEvery after how many changes of a book it is published whole; 0 for never
   * @param maxOutstanding how many calls to the bus, and to the cache, may be under way
   */
  public record Settings(
      boolean simulated, int recentTicks, int wholeBookEvery, int maxOutstanding) {

    /** 500 recent ticks, a whole book every 600 changes, 1,024 calls under way. */
    public static Settings of(boolean simulated) {
      return new Settings(simulated, 500, 600, 1024);
    }
  }

  private final Carrier carrier;
  private final Cache cache;
  private final Settings settings;
  private final LongSupplier clock;
  private final Payloads payloads;
  private final MarketBoard board = new MarketBoard();
  private final Map<String, InstrumentChannels> outlets = new HashMap<>();
  private final BoundedCalls busCalls;
  private final BoundedCalls cacheCalls;
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicLong publications = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();

  /**
   * A publisher for the ticks of one feed.
   *
   * @param clock epoch ms UTC
   */
  public MarketPublisher(Carrier carrier, Cache cache, Settings settings, LongSupplier clock) {
    this.carrier = carrier;
    this.cache = cache;
    this.settings = settings;
    this.clock = clock;
    this.payloads = new Payloads(settings.simulated());
    this.busCalls = new BoundedCalls("the bus", settings.maxOutstanding(), PATIENCE);
    this.cacheCalls = new BoundedCalls("the cache", settings.maxOutstanding(), PATIENCE);
  }

  public void publish(Tick tick) {
    ticks.incrementAndGet();
    InstrumentChannels outlet =
        outlets.computeIfAbsent(
            tick.instrument().symbol(), _ -> new InstrumentChannels(tick.instrument()));
    Batch batch = new Batch(new Stamps(tick.times().exchange(), clock.getAsLong()));
    MarketBoard.Change change = board.apply(tick);
    switch (tick) {
      case Tick.Trade trade -> batch.add(outlet.tradeChannel, payloads.trade(outlet, trade));
      case Tick.Depth depth -> depth(outlet, depth, batch);
      case Tick.SessionStart _ -> outlet.startOver();
      case Tick.Quote _, Tick.IndexValue _ -> {}
    }
    if (change != MarketBoard.Change.NONE) {
      state(outlet, tick, batch);
    }
    batch.send();
  }

  private void state(InstrumentChannels outlet, Tick tick, Batch batch) {
    MarketState state = board.state(tick.instrument());
    BigDecimal ltp = state.ltp();
    if (ltp == null) {
      return;
    }
    if (!(tick instanceof Tick.IndexValue)) {
      batch.add(outlet.tickerChannel, payloads.ticker(outlet, state, ltp));
    }
    byte[] payload = payloads.marketTick(outlet, state, tick.times());
    batch.add(outlet.tickChannel, payload);
    batch.add(ALL_TICKS, payload);
    if (outlet.isNews(ltp)) {
      batch.add(LTP_UPDATES, payloads.ltpUpdate(outlet, ltp, tick.times()));
    }
    remember(outlet, ltp, payload);
  }

  private void remember(InstrumentChannels outlet, BigDecimal ltp, byte[] payload) {
    String price = ltp.stripTrailingZeros().toPlainString();
    String tick = new String(payload, StandardCharsets.US_ASCII);
    List<Cache.Write> writes = new ArrayList<>(4);
    if (settings.simulated()) {
      writes.add(new Cache.Write.Put(SIMULATED, "true", LTP_TTL)); // first: no price is without it
    }
    writes.add(new Cache.Write.Put(outlet.ltpKey, price, LTP_TTL));
    writes.add(new Cache.Write.Put(outlet.priceKey, price, PRICE_TTL));
    writes.add(new Cache.Write.Append(outlet.recentKey, tick, settings.recentTicks(), RECENT_TTL));
    cacheCalls.call(() -> cache.write(writes));
  }

  private void depth(InstrumentChannels outlet, Tick.Depth depth, Batch batch) {
    OrderBook.Outcome outcome = outlet.book.apply(depth);
    if (!depth.snapshot()) {
      batch.add(outlet.depthChannel, payloads.depth(outlet, depth));
      outlet.changesSinceWholeBook++;
    }
    if (outcome == OrderBook.Outcome.GAP) {
      gaps.incrementAndGet();
    }
    if (outcome == OrderBook.Outcome.REPLACED || isWholeBookDue(outlet)) {
      batch.add(outlet.depthChannel, payloads.wholeBook(outlet, depth.times()));
      outlet.changesSinceWholeBook = 0;
      outlet.lossesAtWholeBook = busCalls.losses();
    }
  }

  private boolean isWholeBookDue(InstrumentChannels outlet) {
    if (!outlet.book.isWhole() || !carrier.isUp()) {
      return false;
    }
    int every = settings.wholeBookEvery();
    return (every > 0 && outlet.changesSinceWholeBook >= every)
        || busCalls.losses() != outlet.lossesAtWholeBook;
  }

  /** What one tick leads to. */
  private final class Batch {

    private final Stamps stamps;
    private final List<Publication> batch = new ArrayList<>(5);

    Batch(Stamps stamps) {
      this.stamps = stamps;
    }

    void add(String channel, byte[] payload) {
      batch.add(Publication.of(channel, payload, stamps));
    }

    void send() {
      if (!batch.isEmpty()) {
        publications.addAndGet(batch.size());
        busCalls.call(() -> carrier.publish(batch));
      }
    }
  }

  /** How many ticks came. */
  public long ticks() {
    return ticks.get();
  }

  /** How many publications were made of them, lost ones among them. */
  public long publications() {
    return publications.get();
  }

  /** How often changes of a book were missed, so that it was void until a snapshot. */
  public long gaps() {
    return gaps.get();
  }

  /** How many batches the bus failed to take or was too slow for. */
  public long busLosses() {
    return busCalls.losses();
  }

  /** How many batches the cache failed to take or was too slow for. */
  public long cacheLosses() {
    return cacheCalls.losses();
  }
}
