package dev.tapeline.server.compose;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.indicator.study.IndicatorCounts;
import dev.tapeline.market.indicator.study.IndicatorRules;
import dev.tapeline.market.indicator.study.IndicatorStudy;
import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.demand.IndicatorWishes;
import dev.tapeline.plant.demand.JointBarDemand;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Makes the studies of indicators of a node, and the metrics of them. */
final class IndicatorWiring {

  private static final String PREFIX = "tapeline.indicators.";
  private static final String REFUSED = PREFIX + "refused";

  private final IndicatorWishes wishes;
  private final IndicatorRules rules;
  private final IndicatorCounts counts = new IndicatorCounts();

  /**
   * @param frames of the bars that come whether anybody wants them or not
   */
  IndicatorWiring(DemandBook demand, List<Frame> frames, MeterRegistry meters) {
    this.wishes = IndicatorWishes.follow(demand);
    this.rules = IndicatorRules.of(Set.copyOf(frames));
    Gauge.builder(PREFIX + "computed", wishes, IndicatorWishes::size)
        .description("Channels of indicators that are computed")
        .register(meters);
    FunctionCounter.builder(PREFIX + "told", counts, IndicatorCounts::told)
        .description("Times that values of indicators were published")
        .register(meters);
    refused(meters, "limit", wishes, IndicatorWishes::refused);
    refused(meters, "name", wishes, IndicatorWishes::invalid);
    refused(meters, "late", counts, IndicatorCounts::tooOld);
    refused(meters, "room", counts, IndicatorCounts::crowded);
  }

  private static <T> void refused(
      MeterRegistry meters, String reason, T of, ToDoubleFunction<T> count) {
    FunctionCounter.builder(REFUSED, of, count)
        .tag("reason", reason)
        .description("Channels and bars of indicators that could not be taken")
        .register(meters);
  }

  /** The bars that are wanted for themselves, and for indicators. */
  BarDemand with(BarDemand bars) {
    return new JointBarDemand(bars, wishes);
  }

  /** A study for one market, behind that of its bars, whose series begin with this past. */
  Study study(BarSessions sessions, PastBars past) {
    BarFolding folding = new BarFolding(sessions);
    return new IndicatorStudy(rules, wishes, sessions::opens, folding::begin, counts, past);
  }
}
