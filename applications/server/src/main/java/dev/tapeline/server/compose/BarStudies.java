package dev.tapeline.server.compose;

import dev.tapeline.feed.record.ArrivalRecording;
import dev.tapeline.feed.replay.ReplayFormat;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.demand.WantedBars;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.server.settings.part.VendorOptions;
import dev.tapeline.server.vendor.UnderlyingShares;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the studies of bars of each source of this node, and of indicators over them. */
final class BarStudies {

  private final TradingCalendar calendar;
  private final BarRules rules;
  private final BarDemand wanted;
  private final IndicatorWiring indicators;
  private final UnderlyingShares underlyings;
  private final MeterRegistry meters;

  /**
   * @param underlyings the shares that have futures or options
   */
  BarStudies(
      DemandBook demand,
      TradingCalendar calendar,
      BarRules rules,
      UnderlyingShares underlyings,
      MeterRegistry meters) {
    this.calendar = calendar;
    this.rules = rules;
    this.indicators = new IndicatorWiring(demand, rules.frames(), meters);
    this.wanted = indicators.with(WantedBars.follow(demand, rules.frames()));
    this.underlyings = underlyings;
    this.meters = meters;
  }

  /**
   * Makes studies of the bars of a source, and of indicators over them, for each market of it.
   *
   * @param past gives each of them the bars of the time before
   */
  Supplier<List<Study>> of(FeedPlan plan, SourceSpec source, Supplier<PastBars> past) {
    BarCounts counts = new BarCounts();
    bind(source.name(), counts);
    return () -> {
      BarSessions sessions = sessions(plan, source);
      return List.of(
          BarStudy.of(rules, sessions, wanted, counts, past.get()),
          indicators.study(sessions, past.get()));
    };
  }

  private void bind(String source, BarCounts counts) {
    for (BarCounts.Reason reason : BarCounts.Reason.values()) {
      FunctionCounter.builder("tapeline.bars.refused", counts, it -> it.get(reason))
          .tag("source", source)
          .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .description("Prices, volumes and wishes that no bar could take")
          .register(meters);
    }
  }

  private BarSessions sessions(FeedPlan plan, SourceSpec source) {
    boolean always = isAlwaysOpen(plan);
    return new BarSessions(
        calendar,
        instrument -> !always && !source.simulated().test(instrument.symbol()),
        share -> underlyings.contains(source.name(), share));
  }

  /** Whether the user has said that the markets of a source keep no hours. */
  private static boolean isAlwaysOpen(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.Simulator _ -> true;
      case FeedPlan.Foreign _ -> false;
      case FeedPlan.Vendor vendor -> isAlwaysOpen(vendor.plan().options());
      case FeedPlan.Replay replay ->
          replay.reading().of(replay.recording()).format() == ReplayFormat.RECORD
              && isAlwaysOpen(new ArrivalRecording(replay.recording().path()).header().options());
    };
  }

  private static boolean isAlwaysOpen(Map<String, String> options) {
    return VendorOptions.ALWAYS.equals(options.get(VendorOptions.HOURS));
  }
}
