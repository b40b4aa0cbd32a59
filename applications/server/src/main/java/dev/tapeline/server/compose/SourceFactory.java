package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.foreign.ForeignInstruments;
import dev.tapeline.plant.supply.SourceSpec;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the sources of a node.
 *
 * @param gate lets clients of this node hold a replay
 * @param taps hears what arrives at a source, by its name; each live feed gets its own
 */
record SourceFactory(
    Instruments instruments,
    SharedBus bus,
    ReplayGate gate,
    Function<String, ArrivalTap> taps,
    InstantSource clock) {

  /** Any number; the same one gives the same market. */
  private static final long SIMULATOR_SEED = 1;

  SourceSpec make(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.Simulator simulator -> simulator(simulator.name());
      case FeedPlan.Replay replay -> replay(replay);
      case FeedPlan.Foreign _ -> foreign();
    };
  }

  private SourceSpec simulator(String name) {
    SimulatedInstruments.all().forEach(each -> add(name, each));
    return new SourceSpec(
        name,
        FeedStatus.State.SIMULATED,
        () -> {},
        () -> SimulatorFeed.of(SIMULATOR_SEED, SessionPlan.COMPRESSED, clock));
  }

  private SourceSpec replay(FeedPlan.Replay plan) {
    Supplier<ReplayFeed> feeds =
        () ->
            new ReplayFeed(
                new Playbacks(instruments, plan).playback(), plan.options(), gate, clock);
    return new SourceSpec(plan.name(), FeedStatus.State.REPLAY, () -> feeds.get().check(), feeds);
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
