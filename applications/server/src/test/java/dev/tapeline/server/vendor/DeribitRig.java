package dev.tapeline.server.vendor;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.deribit.DeribitInstruments;
import dev.tapeline.feed.deribit.DeribitOptions;
import dev.tapeline.feed.deribit.DeribitVendor;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.deribit.DeribitSimulator;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real feed of Deribit's at its simulator, with a scripted market of one perpetual. */
final class DeribitRig extends ScriptedRig {

  private static final String NAME = "BTC-PERPETUAL";

  /** The perpetual as Deribit has it. */
  static final Instrument PERPETUAL = DeribitInstruments.named(NAME);

  private static final Instrument TRADED =
      new Instrument.Pair(new Reference(NAME, "DERIBIT", NAME, NAME, new BigDecimal("0.25")));

  /** How long the simulator waits for the answer to a test request. */
  static final Duration TEST_PATIENCE = Duration.ofSeconds(2);

  final DeribitSimulator simulator;
  private final LiveFeed feed;

  /**
   * @param currencies those whose instruments are listed
   */
  DeribitRig(String... currencies) {
    super(TRADED, PERPETUAL);
    simulator =
        DeribitSimulator.start(
            dev.tapeline.simulate.deribit.DeribitOptions.of(
                    SimulatorOptions.usual().with(script.source(), clock))
                .withTestPatience(TEST_PATIENCE));
    DeribitOptions options =
        new DeribitOptions(
            new DeribitOptions.Hosts(
                URI.create("ws://127.0.0.1:%d/ws/api/v2".formatted(simulator.port())),
                URI.create("http://127.0.0.1:%d/api/v2".formatted(simulator.port()))),
            DeribitOptions.Streams.DEFAULT,
            List.of(currencies),
            1);
    DeribitVendor vendor = new DeribitVendor(options, _ -> {});
    feed = new LiveFeed("deribit", vendor, NetSettings.DEFAULT, ArrivalTap.NONE, clock);
    script.open(control());
    feed.start(seen, seen);
  }

  @Override
  LiveFeed feed() {
    return feed;
  }

  @Override
  VendorSimulator<?> simulator() {
    return simulator;
  }

  /** Watches the perpetual with its book, and waits for both and for a first trade. */
  void watch() {
    feed.watch(Watchlist.of(Map.of(PERPETUAL, Detail.BOOK)));
    awaitLive();
    awaitPrice();
    awaitBook();
    trade();
    awaitTrade();
    seen.forgetStates();
  }
}
