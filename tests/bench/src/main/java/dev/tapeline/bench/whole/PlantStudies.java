package dev.tapeline.bench.whole;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.study.IndicatorCounts;
import dev.tapeline.market.indicator.study.IndicatorDemand;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import dev.tapeline.market.indicator.study.IndicatorRules;
import dev.tapeline.market.indicator.study.IndicatorStudy;
import dev.tapeline.market.session.TradingCalendar;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The studies of bars and indicators, with everything wanted of all instruments. */
final class PlantStudies {

  private static final List<Frame> FRAMES =
      Stream.of("1m", "3m", "5m", "10m", "15m", "30m", "1h", "4h", "1d").map(Frame::parse).toList();

  private PlantStudies() {}

  /** Nine frames of bars, and the common indicators over bars of a minute. */
  static List<Study> all() {
    BarSessions sessions = new BarSessions(new TradingCalendar(List.of()), _ -> false, _ -> false);
    BarFolding folding = new BarFolding(sessions);
    return List.of(
        BarStudy.of(BarRules.of(FRAMES), sessions, new AllBars(), new BarCounts()),
        new IndicatorStudy(
            IndicatorRules.of(Set.copyOf(FRAMES)),
            new CommonIndicators(),
            sessions::opens,
            folding::begin,
            new IndicatorCounts()));
  }

  /** Wants all frames of all instruments. */
  private static final class AllBars implements BarDemand {

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<Frame> frames(String symbol) {
      return FRAMES;
    }
  }

  /** Wants the common indicators of all instruments. */
  private static final class CommonIndicators implements IndicatorDemand {

    private static final List<IndicatorRequest> COMMON = List.of(IndicatorRequest.COMMON);

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<IndicatorRequest> requests(String symbol) {
      return COMMON;
    }
  }
}
