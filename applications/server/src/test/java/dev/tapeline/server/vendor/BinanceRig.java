package dev.tapeline.server.vendor;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.binance.BinanceOptions;
import dev.tapeline.feed.binance.BinanceVendor;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.market.ScriptedSource;
import dev.tapeline.simulate.net.Fault;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real feed of Binance's at its simulator, with a scripted market. Each trade has another price,
 * and takes a level of the book away while another comes. Owned by the test's thread.
 */
final class BinanceRig implements AutoCloseable {

  /** The pair as Binance has it. */
  static final Instrument BITCOIN =
      new Instrument.Pair(reference("BTCUSDT", "BINANCE", "BTCUSDT", "0"));

  private static final Instrument TRADED =
      new Instrument.Pair(reference("BTC_USDT", "SIM", "BTC_USDT", "0.01"));
  private static final int LEVELS = 10;
  private static final int FIRST_PRICE = 60_000;

  final JumpingClock clock = new JumpingClock();
  final Observer seen = new Observer();
  final BinanceSimulator simulator;
  final LiveFeed feed;
  private final AtomicInteger described = new AtomicInteger();
  private final ScriptedSource market = new ScriptedSource(List.of(TRADED));
  private final Map<BigDecimal, BigDecimal> book = new HashMap<>();
  private final List<String> trades = new ArrayList<>();
  private long tradeId;
  private long bookId = 1;

  BinanceRig() {
    simulator =
        BinanceSimulator.start(
            dev.tapeline.simulate.binance.BinanceOptions.of(
                SimulatorOptions.usual().with(market, clock)));
    BinanceOptions.Hosts hosts =
        new BinanceOptions.Hosts(
            URI.create("ws://127.0.0.1:" + simulator.port()),
            URI.create("http://127.0.0.1:" + simulator.port()));
    BinanceVendor vendor =
        new BinanceVendor(
            new BinanceOptions(
                hosts, BinanceOptions.Books.DEFAULT, BinanceOptions.Connections.DEFAULT, false),
            _ -> described.incrementAndGet());
    feed = new LiveFeed("binance", vendor, NetSettings.DEFAULT, ArrivalTap.NONE, clock);
    openBook();
    trade();
    feed.start(seen, seen);
  }

  private static Reference reference(String symbol, String segment, String id, String tickSize) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal(tickSize));
  }

  private Times now() {
    return new Times(clock.millis(), clock.millis());
  }

  private void openBook() {
    List<Level> bids = new ArrayList<>();
    List<Level> asks = new ArrayList<>();
    for (int i = 1; i <= LEVELS; i++) {
      bids.add(level(FIRST_PRICE - i, 1));
      asks.add(level(FIRST_PRICE + 100 + i, -1));
    }
    tell(new Tick.Depth(TRADED, now(), true, bookId, bookId, bids, asks, null));
  }

  /** A level of the book; a negative quantity is one of asks. */
  private Level level(int price, int quantity) {
    BigDecimal at = new BigDecimal(price + ".00");
    book.put(at.stripTrailingZeros(), BigDecimal.valueOf(quantity));
    return new Level(at, new BigDecimal(Math.abs(quantity) + ".00000"));
  }

  private void tell(Tick tick) {
    market.tell(tick);
    var _ = simulator.control().state(); // done on the loop after it
  }

  /** Lets a trade happen and the book change, and waits until the simulator knows it. */
  void trade() {
    tradeId++;
    String price = FIRST_PRICE + tradeId + ".25";
    trades.add(price);
    tell(
        new Tick.Trade(
            TRADED,
            now(),
            tradeId,
            new BigDecimal(price),
            new BigDecimal("0.50000"),
            Side.BUY,
            null));
    bookId++;
    List<Level> bids = List.of(level(FIRST_PRICE - 1, (int) tradeId + 1));
    List<Level> asks = List.of(level(FIRST_PRICE + 200 + (int) tradeId, -3));
    tell(new Tick.Depth(TRADED, now(), false, bookId, bookId, bids, asks, null));
  }

  /** Lets so many trades happen. */
  void trade(int count) {
    for (int i = 0; i < count; i++) {
      trade();
    }
  }

  /** Watches the pair and waits for its price, for its description and, if wanted, its book. */
  void watch(Detail detail) {
    feed.watch(Watchlist.of(Map.of(BITCOIN, detail)));
    awaitLive();
    Await.until(() -> described.get() > 0, this::told);
    awaitPrice();
    if (detail == Detail.BOOK) {
      awaitBook();
    }
    seen.forgetStates();
  }

  void inject(Fault fault) {
    simulator.control().inject(fault);
  }

  void awaitLive() {
    Await.until(() -> feed.status().state() == FeedStatus.State.LIVE, this::told);
  }

  /** Waits until some state since the last look begins like this. */
  void awaitState(String beginning) {
    Await.until(
        () -> seen.states().stream().anyMatch(state -> state.startsWith(beginning)), this::told);
  }

  /** Waits until so many of a fault have been counted. */
  void awaitFault(String kind, long count) {
    Await.until(() -> faults().getOrDefault(kind, 0L) >= count, this::told);
  }

  /** Waits until the last price is that of the simulator. */
  void awaitPrice() {
    Await.until(
        () -> {
          BigDecimal last = seen.last(BITCOIN);
          BigDecimal told = simulator.lastPrice("SIM:BTC_USDT");
          return last != null && told != null && last.compareTo(told) == 0;
        },
        this::told);
  }

  /** Waits until the book is that of the script. */
  void awaitBook() {
    Await.until(() -> isBookRight(), this::told);
  }

  private boolean isBookRight() {
    Map<BigDecimal, BigDecimal> shown = new HashMap<>();
    seen.book(BITCOIN)
        .forEach((price, quantity) ->
            shown.put(price.stripTrailingZeros(), quantity.stripTrailingZeros()));
    Map<BigDecimal, BigDecimal> right = new HashMap<>();
    book.forEach((price, quantity) -> right.put(price, quantity.stripTrailingZeros()));
    return shown.equals(right);
  }

  /** The prices of all trades that have happened. */
  List<String> trades() {
    return List.copyOf(trades);
  }

  private String told() {
    return "%s, %s, %s, last %s, book %s, trades %s"
        .formatted(
            seen.states(),
            seen.failures(),
            feed.figures(),
            seen.last(BITCOIN),
            seen.book(BITCOIN),
            seen.trades(BITCOIN));
  }

  Map<String, Long> faults() {
    return feed.figures().faults();
  }

  /** How many sockets the simulator has seen. */
  int opened() {
    return simulator.control().state().path("opened").asInt();
  }

  @Override
  public void close() {
    feed.close();
    simulator.close();
  }
}
