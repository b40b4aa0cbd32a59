package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.supply.BusFeed;
import dev.tapeline.plant.supply.ForeignInstruments;
import dev.tapeline.plant.supply.SharedBus;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.wire.OwnTicks;
import dev.tapeline.server.settings.FeedKind;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the sources of a node.
 *
 * @param gate lets clients of this node hold a replay
 */
record SourceFactory(Instruments instruments, SharedBus bus, ReplayGate gate, InstantSource clock) {

  private static final String SIMULATOR = "simulator";
  private static final String REPLAY = "replay";

  /** Any number; the same one gives the same market. */
  private static final long SIMULATOR_SEED = 1;

  private static final OwnTicks OWN_TICKS = new OwnTicks(publishing());

  /** The names of the sources of all kinds whose market ticks this system publishes. */
  private static List<String> publishing() {
    return Arrays.stream(FeedKind.values())
        .map(SourceFactory::publishing)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> publishing(FeedKind kind) {
    return switch (kind) {
      case SIMULATOR -> Optional.of(SIMULATOR);
      case REPLAY -> Optional.of(REPLAY);
      case BUS -> Optional.empty();
    };
  }

  SourceSpec make(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.Simulator _ -> simulator();
      case FeedPlan.Replay replay -> replay(replay);
      case FeedPlan.Foreign _ -> foreign();
    };
  }

  private SourceSpec simulator() {
    SimulatedInstruments.all().forEach(each -> instruments.add(SIMULATOR, each));
    return new SourceSpec(
        SIMULATOR,
        SourceSpec.lease(SIMULATOR),
        FeedStatus.State.SIMULATED,
        () -> {},
        () -> SimulatorFeed.of(SIMULATOR_SEED, SessionPlan.COMPRESSED, clock));
  }

  private SourceSpec replay(FeedPlan.Replay plan) {
    Supplier<ReplayFeed> feeds =
        () ->
            new ReplayFeed(
                plan.recording(),
                () -> new BinanceDecoder(this::binance),
                plan.options(),
                gate,
                clock);
    return new SourceSpec(
        REPLAY,
        SourceSpec.lease(REPLAY + ":" + plan.recording().path().getFileName()),
        FeedStatus.State.REPLAY,
        () -> feeds.get().check(),
        feeds);
  }

  private Instrument binance(String symbol) {
    Instrument instrument = Instrument.binance(symbol);
    instruments.add(REPLAY, instrument);
    return instrument;
  }

  private SourceSpec foreign() {
    return new SourceSpec(
        BusFeed.SOURCE,
        SourceSpec.lease(BusFeed.SOURCE),
        FeedStatus.State.LIVE,
        () -> {},
        () -> {
          MarketTickDecoder decoder = new MarketTickDecoder(new ForeignInstruments(instruments));
          return new BusFeed(bus.view(), OWN_TICKS, decoder, clock);
        });
  }
}
