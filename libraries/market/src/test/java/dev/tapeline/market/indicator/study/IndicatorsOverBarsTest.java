package dev.tapeline.market.indicator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.Market;
import dev.tapeline.market.Ticks;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.session.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Indicators over the bars that trades make. */
class IndicatorsOverBarsTest {

  /** Midnight of UTC, when the days of a market without hours begin. */
  private static final long MIDNIGHT = 1_764_547_200_000L;

  private static final IndicatorSpec SPEC = IndicatorSpec.parse("ema-3+rsi-4+vwap+atr-3");

  /** What a market tells of bars and indicators, as text. */
  private static final class Recorder implements MarketListener {

    private final List<String> closed = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();

    @Override
    public void onEvent(MarketEvent event) {
      kinds.add(event.getClass().getSimpleName());
      if (event instanceof MarketEvent.IndicatorsChanged(_, _, var point, var readings)
          && point.closed()) {
        StringBuilder text = new StringBuilder(point.toString());
        for (int place = 0; place < SPEC.values().size(); place++) {
          text.append(' ').append(readings.has(place) ? readings.get(place) : "-");
        }
        closed.add(text.append(' ').append(readings.bars()).toString());
      }
    }

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  /** Always wants the spec over minutes, and bars of a minute for it. */
  private static final class Wants implements IndicatorDemand, BarDemand {

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<IndicatorRequest> requests(String symbol) {
      return List.of(new IndicatorRequest("1m:x", Frame.MINUTE, SPEC));
    }

    @Override
    public List<Frame> frames(String symbol) {
      return List.of(Frame.MINUTE);
    }
  }

  private static Market market(Recorder recorder) {
    BarSessions sessions = new BarSessions(new TradingCalendar(List.of()), _ -> true, _ -> false);
    Wants wants = new Wants();
    BarRules rules = BarRules.of(List.of(Frame.MINUTE));
    return Market.of(
        recorder,
        BarStudy.of(rules, sessions, wants, new BarCounts()),
        new IndicatorStudy(
            IndicatorRules.of(Set.of(Frame.MINUTE)),
            wants,
            sessions::opens,
            new BarFolding(sessions)::begin,
            new IndicatorCounts()));
  }

  /** Trades of 40 minutes, with steps of time of this length between them. */
  private static Recorder played(long step) {
    Recorder recorder = new Recorder();
    Market market = market(recorder);
    Random random = new Random(5);
    long time = MIDNIGHT;
    for (int i = 0; i < 400; i++) {
      long next = time + random.nextInt(12_000);
      for (long at = time + step; at < next; at += step) {
        market.onTime(at);
      }
      time = next;
      market.onTime(time);
      market.onTick(Ticks.trade("" + (100 + random.nextInt(80) / 8.0), "" + i, time));
      market.onFrameEnd();
    }
    return recorder;
  }

  @Test
  void valuesComeAfterTheBarThatTheyAreOf() {
    List<String> kinds = played(500).kinds;
    assertTrue(kinds.contains("IndicatorsChanged"), kinds::toString);
    for (int i = 1; i < kinds.size(); i++) {
      if (kinds.get(i).equals("IndicatorsChanged")) {
        assertEquals("BarChanged", kinds.get(i - 1));
      }
    }
  }

  @Test
  void closedValuesAreTheSameHoweverTimeIsTold() {
    List<String> closed = played(100).closed;
    assertTrue(closed.size() > 30, closed::toString);
    assertTrue(closed.stream().allMatch(it -> it.contains("closed=true")));
    assertEquals(closed, played(100).closed);
    assertEquals(closed, played(7_000).closed);
  }
}
