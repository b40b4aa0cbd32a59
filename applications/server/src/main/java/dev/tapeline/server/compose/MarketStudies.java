package dev.tapeline.server.compose;

import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.volatility.study.VolatilityHistory;
import dev.tapeline.market.volatility.study.VolatilityIndexStudy;
import dev.tapeline.market.volatility.study.VolatilityRankStudy;
import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.demand.WantedChains;
import dev.tapeline.plant.demand.WantedIndices;
import dev.tapeline.plant.supply.Analytics;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.vendor.UnderlyingShares;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the studies of each market of this node: what is computed besides the common values. */
final class MarketStudies {

  private final DemandBook demand;
  private final Instruments instruments;
  private final BarStudies bars;
  private final ChainCounters counters = new ChainCounters();
  private final ChainStudy.Parts chains;

  /**
   * @param underlyings the shares that have futures or options
   */
  MarketStudies(
      Settings settings,
      DemandBook demand,
      Instruments instruments,
      UnderlyingShares underlyings,
      MeterRegistry meters) {
    this.demand = demand;
    this.instruments = instruments;
    this.bars = new BarStudies(demand, settings.calendar(), settings.bars(), underlyings, meters);
    this.chains =
        new ChainStudy.Parts(
            settings.calendar(),
            settings.chains().convention(),
            settings.chains().limits(),
            new WantedChains(demand::isWanted),
            counters);
    bind(meters);
  }

  private void bind(MeterRegistry meters) {
    FunctionCounter.builder("tapeline.chain.events", counters, ChainCounters::events)
        .description("Option chains that were computed for their listeners")
        .register(meters);
    FunctionCounter.builder("tapeline.chain.strikes", counters, ChainCounters::strikes)
        .description("Strikes that were computed for that")
        .register(meters);
    FunctionCounter.builder("tapeline.chain.refused", counters, ChainCounters::refused)
        .description("Ticks left out of option chains because there were too many options")
        .register(meters);
  }

  /**
   * What is computed of the market of a source.
   *
   * @param past gives each study of bars those of the time before
   * @param days knows the volatilities of earlier days
   */
  Analytics analytics(
      FeedPlan plan, SourceSpec source, Supplier<PastBars> past, VolatilityHistory days) {
    Supplier<List<Study>> itsBars = bars.of(plan, source, past);
    return new Analytics(
        () -> Stream.concat(itsBars.get().stream(), options(days)).toList(), demand::isWanted);
  }

  /** The studies of options, in their order: chains, indices of them, ranks of indices. */
  private Stream<Study> options(VolatilityHistory days) {
    VolatilityRankStudy ranks = new VolatilityRankStudy(days);
    return Stream.of(new ChainStudy(chains, ranks), volatilityIndices(), ranks);
  }

  private Study volatilityIndices() {
    return new VolatilityIndexStudy(
        chains.calendar(), new WantedIndices(demand::isWanted), instruments::expiries);
  }
}
