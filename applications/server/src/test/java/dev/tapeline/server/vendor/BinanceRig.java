package dev.tapeline.server.vendor;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.binance.BinanceOptions;
import dev.tapeline.feed.binance.BinanceVendor;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real feed of Binance's at its simulator, with a scripted market. */
final class BinanceRig extends ScriptedRig {

  /** The pair as Binance has it. */
  static final Instrument BITCOIN =
      new Instrument.Pair(reference("BTCUSDT", "BINANCE", "BTCUSDT", "0"));

  private static final Instrument TRADED =
      new Instrument.Pair(reference("BTC_USDT", "SIM", "BTC_USDT", "0.01"));

  private final BinanceSimulator simulator;
  private final LiveFeed feed;
  private final AtomicInteger described = new AtomicInteger();

  BinanceRig() {
    super(TRADED, BITCOIN);
    simulator =
        BinanceSimulator.start(
            dev.tapeline.simulate.binance.BinanceOptions.of(
                SimulatorOptions.usual().with(script.source(), clock)));
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
    script.open(control());
    feed.start(seen, seen);
  }

  private static Reference reference(String symbol, String segment, String id, String tickSize) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal(tickSize));
  }

  @Override
  LiveFeed feed() {
    return feed;
  }

  @Override
  VendorSimulator<?> simulator() {
    return simulator;
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
}
