package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one market into publications on the bus and values in the cache: one call to
 * each for every batch of the source. Owned by the market's thread.
 *
 * <table>
 * <caption>What an event leads to</caption>
 * <tr><th>event</th><th>at once</th><th>at the end of its frame</th></tr>
 * <tr><td>trade</td><td>trade@</td><td>the state</td></tr>
 * <tr><td>index value, last price, figures of the day, marks, quote with a new best price</td><td></td><td>the state,
 *     once there is a last price</td></tr>
 * <tr><td>change of the book</td><td>depth@</td><td></td></tr>
 * <tr><td>change of an option chain</td><td>option-chain: and chain:, if wanted</td><td></td></tr>
 * <tr><td>change of a volatility index</td><td>ivdex:</td><td></td></tr>
 * <tr><td>snapshot of the book</td><td>depth@ with the whole book</td><td></td></tr>
 * <tr><td>bar</td><td>candles:</td><td></td></tr>
 * <tr><td>values of indicators</td><td>indicators:</td><td></td></tr>
 * <tr><td>start of a session</td><td></td><td></td></tr>
 * </table>
 *
 * <p>The state is published on ticker@ (not for an index), {@code market:tick:{SYMBOL}}, {@code
 * market:tick}, and {@code live_ltp_updates} if the price is new; each has a {@link ChannelFamily},
 * which documents its payloads. Whatever a frame holds of one instrument leads to one state.
 *
 * <table>
 * <caption>Keys, written at the end of a batch</caption>
 * <tr><th>key</th><th>value</th><th>time to live</th></tr>
 * <tr><td>ltp:{SEGMENT}:{SECURITY_ID}</td><td>last price</td><td>30 s</td></tr>
 * <tr><td>price:{SYMBOL}</td><td>last price</td><td>10 s</td></tr>
 * <tr><td>tick:{SYMBOL}</td><td>recent market ticks, newest first; the newest alone is written
 *     again after minutes without one</td><td>5 min</td></tr>
 * <tr><td>candle:{SYMBOL}:{TF}:{TIME}</td><td>a bar as it is published</td><td>1 h</td></tr>
 * <tr><td>option-chain:{SYMBOL}:{EXPIRY}</td><td>the newest state of a chain, at most once a
 *     second</td><td>90 s</td></tr>
 * <tr><td>option-chain:{SYMBOL}:{EXPIRY}:{0|1|2}</td><td>its last snapshots, the newest
 *     first</td><td>24 h</td></tr>
 * <tr><td>simulated:{SEGMENT}:{SECURITY_ID}, market_stream:simulated</td><td>{@code true}, where the
 *     price is invented, and where any is</td><td>30 s</td></tr>
 * </table>
 *
 * <p>A publication's ingest stamp is the clock's time when its frame came here; a replayed tick's
 * recorded receive time stays in its payload alone. Failures of bus and cache never reach the
 * source.
 */
public final class MarketPublisher implements MarketListener {

  private static final Duration LTP_TTL = Duration.ofSeconds(30);
  private static final Duration PRICE_TTL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The size from which a batch is published at the end of a frame. */
  private static final int MAX_BATCH = 1_000;

  /**
   * The settings of a publisher.
   *
   * @param source the name of the source
   * @param simulated tells of a symbol whether its prices are invented; asked on the market's
   *     thread
   * @param publishesTicks false for a source whose market ticks others have published already
   * @param recentTicks how many market ticks of an instrument are kept in the cache
   * @param wholeBookEvery after how many changes of a book it is published whole; 0 for never
   * @param maxOutstanding how many calls to the bus, and to the cache, may be under way
   * @param wanted tells of a channel whether anybody wants it; asked on the market's thread for
   *     what is published on demand alone
   * @param snapshots hears of each snapshot of an option chain
   */
  public record Settings(
      String source,
      Predicate<String> simulated,
      boolean publishesTicks,
      int recentTicks,
      int wholeBookEvery,
      int maxOutstanding,
      Predicate<String> wanted,
      ChainSnapshots snapshots) {

    /** Settings without a listener of snapshots. */
    public Settings(
        String source,
        Predicate<String> simulated,
        boolean publishesTicks,
        int recentTicks,
        int wholeBookEvery,
        int maxOutstanding,
        Predicate<String> wanted) {
      this(
          source,
          simulated,
          publishesTicks,
          recentTicks,
          wholeBookEvery,
          maxOutstanding,
          wanted,
          ChainSnapshots.NONE);
    }

    /** 500 recent ticks, a whole book every 600 changes, 1,024 calls under way; all is wanted. */
    public static Settings of(String source, Predicate<String> simulated, boolean publishesTicks) {
      return new Settings(source, simulated, publishesTicks, 500, 600, 1024, _ -> true);
    }

    /** The same, with what is published on demand alone as this says. */
    public Settings with(Predicate<String> demand) {
      return with(demand, snapshots);
    }

    /** The same, with this demand and a listener of snapshots. */
    public Settings with(Predicate<String> demand, ChainSnapshots kept) {
      return new Settings(
          source,
          simulated,
          publishesTicks,
          recentTicks,
          wholeBookEvery,
          maxOutstanding,
          demand,
          kept);
    }
  }

  private final Carrier carrier;
  private final Cache cache;
  private final Settings settings;
  private final LongSupplier clock;
  private final PayloadWriter writer;
  private final ChannelFamily trades;
  private final BookFamily books;
  private final ChannelFamily tickers;
  private final TickFamily ticks;
  private final ChainFamily chains;
  private final ChannelFamily candles;
  private final ChannelFamily volatilityIndices;
  private final ChannelFamily indicators;
  private final Map<String, InstrumentChannels> instruments = new HashMap<>();

  /** The channels of the newest event: the next one is often of the same instrument. */
  private @Nullable InstrumentChannels newest;

  private final List<InstrumentChannels> changed = new ArrayList<>();
  private final List<InstrumentChannels> priced = new ArrayList<>();
  private final QuietTicks quiet = new QuietTicks(instruments.values());
  private final Batch batch = new Batch();
  private boolean inFrame;
  private final BoundedCalls busCalls;
  private final BoundedCalls cacheCalls;
  private final AtomicLong publications = new AtomicLong();

  /**
   * A publisher for the events of one market.
   *
   * @param clock epoch ms UTC
   */
  public MarketPublisher(Carrier carrier, Cache cache, Settings settings, LongSupplier clock) {
    this.carrier = carrier;
    this.cache = cache;
    this.settings = settings;
    this.clock = clock;
    this.busCalls = new BoundedCalls("the bus", settings.maxOutstanding(), PATIENCE);
    this.cacheCalls = new BoundedCalls("the cache", settings.maxOutstanding(), PATIENCE);
    this.writer = new PayloadWriter(settings.source());
    this.books = new BookFamily(writer, settings.wholeBookEvery(), carrier::isUp, busCalls::losses);
    this.ticks = new TickFamily(writer, settings.publishesTicks(), settings.recentTicks());
    this.chains = new ChainFamily(writer, settings.wanted(), settings.snapshots());
    this.trades = new TradeFamily(writer);
    this.tickers = new TickerFamily(writer);
    this.candles = new CandleFamily(writer, settings.wanted());
    this.volatilityIndices = new VolatilityIndexFamily(writer);
    this.indicators = new IndicatorFamily(writer);
  }

  @Override
  public void onEvent(MarketEvent event) {
    if (!inFrame) {
      inFrame = true;
      batch.begin(clock.getAsLong());
    }
    InstrumentChannels channels = channels(event.instrument());
    channels.simulated = settings.simulated().test(channels.symbol);
    writer.mark(channels.simulated);
    publish(event, channels);
    note(event, channels);
  }

  /** The channels of an instrument: others once it has another key. */
  private InstrumentChannels channels(Instrument instrument) {
    if (newest != null && newest.areOf(instrument)) {
      return newest;
    }
    InstrumentChannels known = instruments.get(instrument.symbol());
    if (known != null && known.areOf(instrument)) {
      newest = known;
      return known;
    }
    InstrumentChannels made = new InstrumentChannels(instrument);
    if (known != null) {
      made.continueFrom(known);
    }
    instruments.put(instrument.symbol(), made);
    newest = made;
    return made;
  }

  /** Publishes what an event leads to at once. */
  private void publish(MarketEvent event, InstrumentChannels channels) {
    switch (event) {
      case MarketEvent.Traded _ -> trades.onEvent(event, channels, batch);
      case MarketEvent.BookChanged _ -> books.onEvent(event, channels, batch);
      case MarketEvent.BarChanged _ -> candles.onEvent(event, channels, batch);
      case MarketEvent.ChainChanged _ -> chains.onEvent(event, channels, batch);
      case MarketEvent.VolatilityIndexChanged _ ->
          volatilityIndices.onEvent(event, channels, batch);
      case MarketEvent.IndicatorsChanged _ -> indicators.onEvent(event, channels, batch);
      case MarketEvent.Valued _,
          MarketEvent.Priced _,
          MarketEvent.Quoted _,
          MarketEvent.Marked _,
          MarketEvent.DayChanged _,
          MarketEvent.SessionStarted _ -> {}
    }
  }

  /** Notes what an event changes of the state, which is published once for each frame. */
  private void note(MarketEvent event, InstrumentChannels channels) {
    switch (event) {
      case MarketEvent.Traded(_, LastValues last) -> change(event, channels, last);
      case MarketEvent.Valued(_, LastValues last) -> change(event, channels, last);
      case MarketEvent.Priced(_, LastValues last) -> change(event, channels, last);
      case MarketEvent.Quoted(_, LastValues last) -> change(event, channels, last);
      case MarketEvent.Marked(Tick.Marks marks) -> {
        channels.marks = marks;
        change(event, channels, channels.last);
      }
      case MarketEvent.DayChanged(_, _, var day) -> {
        channels.day = day;
        change(event, channels, channels.last);
      }
      case MarketEvent.SessionStarted _ -> channels.startOver();
      case MarketEvent.BookChanged _,
          MarketEvent.BarChanged _,
          MarketEvent.ChainChanged _,
          MarketEvent.VolatilityIndexChanged _,
          MarketEvent.IndicatorsChanged _ -> {}
    }
  }

  private void change(MarketEvent event, InstrumentChannels channels, @Nullable LastValues last) {
    channels.last = last;
    channels.times = event.times();
    if (!channels.changed) {
      channels.changed = true;
      changed.add(channels);
    }
  }

  @Override
  public void onFrameEnd() {
    for (InstrumentChannels channels : changed) {
      publishState(channels);
    }
    changed.clear();
    inFrame = false;
    if (batch.size() >= MAX_BATCH) {
      send();
    }
  }

  private void publishState(InstrumentChannels channels) {
    channels.changed = false;
    InstrumentState state = InstrumentState.of(channels);
    if (state == null) {
      return;
    }
    writer.mark(channels.simulated);
    tickers.onState(state, batch);
    ticks.onState(state, batch);
    if (channels.uncached == null) {
      priced.add(channels);
    }
    channels.uncached = state.price();
  }

  @Override
  public void onBatchEnd() {
    long now = clock.getAsLong();
    quiet.keep(now, channels -> keepTick(channels, now));
    send();
  }

  private void keepTick(InstrumentChannels channels, long now) {
    InstrumentState state = InstrumentState.of(channels);
    if (state != null) {
      batch.begin(now);
      writer.mark(channels.simulated);
      ticks.keep(state, batch);
    }
  }

  private void send() {
    List<Cache.Write> lists = batch.takeWrites();
    if (!priced.isEmpty() || !lists.isEmpty()) { // first: who gets a price finds it in the cache
      List<Cache.Write> writes = new ArrayList<>(lists.size() + 3 * priced.size() + 1);
      addPrices(writes);
      writes.addAll(lists);
      cacheCalls.call(() -> cache.write(writes));
    }
    List<Publication> outgoing = batch.takePublications();
    if (!outgoing.isEmpty()) {
      publications.addAndGet(outgoing.size());
      busCalls.call(() -> carrier.publish(outgoing));
    }
  }

  private void addPrices(List<Cache.Write> writes) {
    addMarks(writes); // first: no price is without its mark
    for (InstrumentChannels channels : priced) {
      String price = writer.text(Objects.requireNonNull(channels.uncached));
      writes.add(new Cache.Write.Put(channels.ltpKey, price, LTP_TTL));
      writes.add(new Cache.Write.Put(channels.priceKey, price, PRICE_TTL));
      channels.uncached = null;
    }
    priced.clear();
  }

  /** Marks each invented price, and that there is one. */
  private void addMarks(List<Cache.Write> writes) {
    for (InstrumentChannels channels : priced) {
      if (channels.simulated) {
        writes.add(new Cache.Write.Put(channels.simulatedKey, "true", LTP_TTL));
      }
    }
    if (!writes.isEmpty()) {
      writes.add(new Cache.Write.Put(Keys.simulated(), "true", LTP_TTL));
    }
  }

  /** Sends what is at hand, and forgets all instruments: the next event is of a new market. */
  public void startOver() {
    send();
    instruments.clear();
    newest = null;
    chains.startOver();
    quiet.startOver();
  }

  /** The number of publications made, with lost ones. */
  public long publications() {
    return publications.get();
  }

  /**
   * The number of times that changes of a book were missed, which made it void until a snapshot.
   */
  public long gaps() {
    return books.gaps();
  }

  /** The number of batches that the bus failed to take or was too slow for. */
  public long busLosses() {
    return busCalls.losses();
  }

  /** The number of batches that the cache failed to take or was too slow for. */
  public long cacheLosses() {
    return cacheCalls.losses();
  }
}
