package dev.tapeline.market.indicator.study;

import static dev.tapeline.market.indicator.study.IndicatorRig.bar;
import static dev.tapeline.market.indicator.study.IndicatorRig.closed;
import static dev.tapeline.market.indicator.study.IndicatorRig.forming;
import static dev.tapeline.market.indicator.study.IndicatorRig.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.StoredBars;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.PastBars;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Indicators of a market that begins in the middle of a day, with bars of the one before it. */
class IndicatorsAfterRestartTest {

  private static final IndicatorRules RULES = IndicatorRules.of(Set.of(Frame.MINUTE));
  private static final String ALL = "rsi+macd+ema+sma+atr+bb+vwap+stoch+adx+pivots+ema-60";

  private final StoredBars stored = new StoredBars();
  private final IndicatorRig rig = new IndicatorRig(RULES, stored);

  /** Bars of some minutes of two days; each minute always has the same. */
  private static List<Bar> bars(int from, int until) {
    List<Bar> bars = new ArrayList<>();
    for (int i = from; i < until; i++) {
      int minute = i < 375 ? i : 1_440 - 375 + i; // the next day
      Random random = new Random(minute);
      double open = 100 + random.nextInt(80) / 8.0;
      double close = 100 + random.nextInt(80) / 8.0;
      List<Double> prices = List.of(open, Math.max(open, close), Math.min(open, close), close);
      bars.add(bar(Frame.MINUTE, minute, prices, Bar.State.CLOSED));
    }
    return bars;
  }

  private static IndicatorRig take(IndicatorRig rig, List<Bar> bars) {
    return rig.take(bars.toArray(Bar[]::new));
  }

  /** Closed values, without how often they were told. */
  private static List<String> values(List<IndicatorRig.Value> told) {
    return told.stream().map(it -> it.minute() + " " + it.bars() + it.values()).toList();
  }

  @Test
  void valuesAreThoseOfAMarketThatWentOn() {
    IndicatorRig whole = new IndicatorRig().want(request(ALL));
    take(whole, bars(0, 600)).told();
    take(whole, bars(600, 640));
    stored.keep(bars(0, 600));
    rig.want(request(ALL)).take(forming(1_440 - 375 + 600, 100));
    rig.told();
    rig.time(IndicatorRig.OPEN + 1_665 * IndicatorRig.MINUTE); // asks
    rig.time(IndicatorRig.OPEN + 1_665 * IndicatorRig.MINUTE + 50); // takes the answer
    rig.told();
    take(rig, bars(600, 640));
    List<String> values = values(rig.told());
    assertEquals(40, values.size());
    assertEquals(values(whole.told()), values);
    assertTrue(values.stream().noneMatch(it -> it.contains("null")));
  }

  @Test
  void theLastClosedBarIsToldAsSoonAsItIsRead() {
    stored.keep(bars(0, 100));
    rig.want(request("sma-20")).take(forming(100, 100)).told();
    rig.time(IndicatorRig.OPEN);
    rig.time(IndicatorRig.OPEN + 50);
    List<IndicatorRig.Value> told = rig.told();
    assertEquals(1, told.size());
    assertEquals(99, told.getFirst().minute());
    assertEquals(100, told.getFirst().bars());
    assertEquals(0, told.getFirst().revision());
  }

  @Test
  void valuesThatWereToldBeforeAreCorrected() {
    stored.keep(bars(0, 100));
    stored.answering = false;
    take(rig.want(request("sma-2")), bars(100, 102));
    rig.time(IndicatorRig.OPEN);
    List<IndicatorRig.Value> cold = rig.told();
    stored.answering = true;
    rig.time(IndicatorRig.OPEN + 50);
    List<IndicatorRig.Value> warm = rig.told();
    assertEquals(List.of(100L, 101L), warm.stream().map(IndicatorRig.Value::minute).toList());
    assertEquals(List.of(1, 1), warm.stream().map(IndicatorRig.Value::revision).toList());
    assertNotEquals(cold.getFirst().values(), warm.getFirst().values());
    assertEquals(cold.getLast().values(), warm.getLast().values());
  }

  @Test
  void ofBarsWithOneTimeAWholeOneCounts() {
    Bar partial = closed(100, 50, new Bar.State(true, 0, true));
    stored.keep(bars(0, 100)).keep(List.of(closed(100, 70), closed(101, 71)));
    rig.want(request("sma-1")).take(partial, closed(101, 81));
    rig.time(IndicatorRig.OPEN);
    rig.time(IndicatorRig.OPEN + 50);
    List<IndicatorRig.Value> told = rig.told();
    assertEquals(List.of(70.0), told.get(told.size() - 2).values());
    assertEquals(List.of(81.0), told.getLast().values());
    assertEquals(102, told.getLast().bars());
  }

  @Test
  void onceIsAskedForEachSeriesAndAgainForMore() {
    rig.want(request("sma-20"), request("rsi")).take(closed(100, 50));
    rig.time(IndicatorRig.OPEN);
    rig.want(request("sma-20"), request("ema-400")).take(closed(101, 50));
    rig.time(IndicatorRig.OPEN + 500);
    rig.time(IndicatorRig.OPEN + 1_000);
    assertEquals(2, stored.asks.size());
    assertTrue(stored.asks.stream().allMatch(it -> it.to() == PastBars.NOW));
  }

  @Test
  void asksWaitForRoom() {
    stored.room = 0;
    rig.want(request("sma-20")).take(closed(100, 50));
    rig.time(IndicatorRig.OPEN);
    assertEquals(List.of(), stored.asks);
    stored.room = 1;
    rig.time(IndicatorRig.OPEN + 50);
    assertEquals(1, stored.asks.size());
  }
}
