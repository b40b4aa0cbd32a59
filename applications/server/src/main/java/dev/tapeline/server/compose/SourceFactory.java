package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.foreign.ForeignInstruments;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.watch.Pinned;
import dev.tapeline.server.vendor.SymbolRange;
import dev.tapeline.server.vendor.VendorParts;
import dev.tapeline.server.vendor.VendorSource;
import dev.tapeline.server.vendor.VendorSources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the sources of a node. Used by one thread. */
final class SourceFactory {

  /** Any number; the same one gives the same market. */
  private static final long SIMULATOR_SEED = 1;

  private final Instruments instruments;
  private final SharedBus bus;
  private final ReplayGate gate;
  private final VendorParts parts;
  private final InstantSource clock;
  private final List<VendorSource> vendors = new ArrayList<>();
  private final Map<String, SymbolRange> ranges = new LinkedHashMap<>();
  private Pinned pinned = Pinned.NONE;

  /**
   * @param gate lets clients of this node hold a replay
   */
  SourceFactory(VendorParts parts, SharedBus bus, ReplayGate gate) {
    this.instruments = parts.instruments();
    this.bus = bus;
    this.gate = gate;
    this.parts = parts;
    this.clock = parts.clock();
  }

  /** The vendors that were made. */
  List<VendorSource> vendors() {
    return vendors;
  }

  /** What each vendor that was made can price, by the name of its source. */
  Map<String, SymbolRange> ranges() {
    return ranges;
  }

  /** What the sources made so far are always to watch. */
  Pinned pinned() {
    return pinned;
  }

  SourceSpec make(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.Simulator simulator -> simulator(simulator.name());
      case FeedPlan.Replay replay -> replay(replay);
      case FeedPlan.Foreign _ -> foreign();
      case FeedPlan.Vendor vendor -> vendor(vendor);
    };
  }

  private SourceSpec simulator(String name) {
    SimulatedInstruments.all().forEach(each -> add(name, each));
    SimulatedInstruments.derivatives(SimulatedInstruments.tradingDate(clock.millis()))
        .forEach(each -> add(name, each));
    Listing listing = new Listing(name, instruments);
    return new SourceSpec(
        name,
        FeedStatus.State.SIMULATED,
        () -> {},
        () -> SimulatorFeed.of(SIMULATOR_SEED, SessionPlan.COMPRESSED, clock, listing));
  }

  private SourceSpec replay(FeedPlan.Replay plan) {
    Supplier<ReplayFeed> feeds =
        () -> new ReplayFeed(new Playbacks(parts, plan).playback(), plan.options(), gate, clock);
    return new SourceSpec(plan.name(), FeedStatus.State.REPLAY, () -> feeds.get().check(), feeds);
  }

  private SourceSpec vendor(FeedPlan.Vendor plan) {
    VendorSource source = VendorSources.make(plan.kind(), plan.plan(), parts);
    pinned = pinned.and(plan.plan().pinned());
    ranges.put(plan.plan().name(), source.range());
    vendors.add(source);
    return source.spec();
  }

  private void add(String source, Instrument instrument) {
    try {
      instruments.add(source, instrument);
    } catch (IllegalArgumentException e) {
      throw new FeedException("%s can't start: %s".formatted(source, e.getMessage()), e);
    }
  }

  private SourceSpec foreign() {
    ForeignInstruments heard = new ForeignInstruments(instruments);
    return new SourceSpec(
        BusFeed.SOURCE,
        FeedStatus.State.LIVE,
        heard::isSimulated,
        () -> {},
        () -> new BusFeed(bus.view(), new MarketTickDecoder(heard), clock));
  }
}
