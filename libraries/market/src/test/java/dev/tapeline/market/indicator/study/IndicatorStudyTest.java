package dev.tapeline.market.indicator.study;

import static dev.tapeline.market.indicator.study.IndicatorRig.closed;
import static dev.tapeline.market.indicator.study.IndicatorRig.forming;
import static dev.tapeline.market.indicator.study.IndicatorRig.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.tick.Times;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is told of indicators as bars come. */
class IndicatorStudyTest {

  private static final long DAY_MINUTES = 1_440;

  private static Bar[] bars(int from, int until) {
    return IntStream.range(from, until).mapToObj(i -> closed(i, price(i))).toArray(Bar[]::new);
  }

  private static double price(long i) {
    return 100 + Math.floorMod(i * 37, 11) + Math.floorMod(i, 3) / 4.0;
  }

  @Test
  void valuesComeWithEachBarThatFormsOrCloses() {
    IndicatorRig rig = new IndicatorRig().want(request("sma-2"));
    rig.take(closed(0, 100), forming(1, 102), forming(1, 104), closed(1, 110), forming(2, 112));
    assertEquals(
        List.of(
            new IndicatorRig.Value("1m:sma-2", 0, true, 0, 1, Arrays.asList((Double) null)),
            new IndicatorRig.Value("1m:sma-2", 1, false, 0, 1, List.of(101.0)),
            new IndicatorRig.Value("1m:sma-2", 1, false, 0, 1, List.of(102.0)),
            new IndicatorRig.Value("1m:sma-2", 1, true, 0, 2, List.of(105.0)),
            new IndicatorRig.Value("1m:sma-2", 2, false, 0, 2, List.of(111.0))),
        rig.told());
  }

  @Test
  void nothingIsToldThatNobodyWants() {
    IndicatorRig rig = new IndicatorRig().want(request("sma-2"));
    rig.take(closed(0, 100)).want();
    rig.take(closed(1, 100), forming(2, 100));
    assertEquals(1, rig.told().size());
  }

  @Test
  void aBarThatComesTwiceChangesNothing() {
    IndicatorRig rig = new IndicatorRig().want(request("ema-2"));
    rig.take(bars(0, 5));
    rig.told();
    rig.take(bars(2, 5)).take(closed(4, price(4)));
    assertEquals(List.of(), rig.told());
    rig.take(forming(4, 77)); // it was closed since
    assertEquals(List.of(), rig.told());
  }

  @Test
  void anAmendedBarChangesItsValuesAndAllAfterIt() {
    IndicatorRig rig = new IndicatorRig().want(request("sma-2"));
    rig.take(closed(0, 100), closed(1, 102), closed(2, 104));
    rig.told();
    rig.take(closed(1, 202, new Bar.State(true, 1, false)), forming(3, 106));
    assertEquals(
        List.of(
            new IndicatorRig.Value("1m:sma-2", 1, true, 1, 2, List.of(151.0)),
            new IndicatorRig.Value("1m:sma-2", 2, true, 1, 3, List.of(153.0)),
            new IndicatorRig.Value("1m:sma-2", 3, false, 0, 3, List.of(105.0))),
        rig.told());
  }

  @Test
  void aLateBarTakesItsPlace() {
    IndicatorRig rig = new IndicatorRig().want(request("sma-2"));
    rig.take(closed(0, 100), closed(2, 104));
    rig.told();
    rig.take(closed(1, 102));
    assertEquals(
        List.of(
            new IndicatorRig.Value("1m:sma-2", 1, true, 0, 2, List.of(101.0)),
            new IndicatorRig.Value("1m:sma-2", 2, true, 1, 3, List.of(103.0))),
        rig.told());
  }

  /** Values of 300 bars with a depth of 250: the oldest bars have no part in them. */
  @Test
  void valuesDoNotDependOnWhenTheyWereAskedFor() {
    IndicatorRequest request = request("rsi-14+macd-12-26-9+atr-14+bb-20-2+vwap");
    assertEquals(280, request.spec().bars());
    IndicatorRules rules = new IndicatorRules(Set.of(Frame.MINUTE), 300, 10_000);
    IndicatorRig early = new IndicatorRig(rules).want(request);
    IndicatorRig late = new IndicatorRig(rules);
    early.take(bars(0, 340));
    late.take(bars(0, 340)).want(request);
    early.told();
    late.told();
    early.take(closed(340, 105), forming(341, 106));
    late.take(closed(340, 105), forming(341, 106));
    List<IndicatorRig.Value> values = late.told();
    assertEquals(early.told(), values.subList(1, values.size())); // behind that of the bar before
    assertEquals(280, values.getLast().bars());
  }

  @Test
  void whatIsNewlyWantedIsToldWithoutWaitingForABar() {
    IndicatorRig rig = new IndicatorRig();
    rig.take(bars(0, 30));
    rig.time(IndicatorRig.OPEN);
    rig.want(request("sma-2"), IndicatorRequest.COMMON);
    rig.time(IndicatorRig.OPEN + 100); // too soon to look again
    assertEquals(List.of(), rig.told());
    rig.time(IndicatorRig.OPEN + 600);
    List<IndicatorRig.Value> told = rig.told();
    assertEquals(List.of("1m:sma-2", ""), told.stream().map(IndicatorRig.Value::name).toList());
    assertEquals(List.of((price(28) + price(29)) / 2), told.getFirst().values());
    rig.time(IndicatorRig.OPEN + 1_200);
    assertEquals(List.of(), rig.told());
  }

  @Test
  void twoNamesOfTheSameIndicatorsGetTheSameValues() {
    IndicatorRig rig = new IndicatorRig();
    rig.want(
        new IndicatorRequest("1m:rsi", Frame.MINUTE, IndicatorSpec.parse("rsi")),
        new IndicatorRequest("1m:rsi-14", Frame.MINUTE, IndicatorSpec.parse("rsi-14")));
    rig.take(bars(0, 16));
    List<IndicatorRig.Value> told = rig.told();
    assertEquals(32, told.size());
    assertEquals(told.get(30).values(), told.get(31).values());
    assertEquals(List.of("1m:rsi", "1m:rsi-14"), List.of(told.get(30).name(), told.get(31).name()));
  }

  @Test
  void aFrameHasItsOwnBars() {
    IndicatorRig rig = new IndicatorRig();
    rig.want(new IndicatorRequest("5m:sma-1", Frame.parse("5m"), IndicatorSpec.parse("sma-1")));
    List<Double> prices = List.of(100.0, 103.0, 99.0, 101.0);
    rig.take(closed(0, 100));
    rig.take(IndicatorRig.bar(Frame.parse("5m"), 0, prices, Bar.State.CLOSED));
    assertEquals(
        List.of(new IndicatorRig.Value("5m:sma-1", 0, true, 0, 1, List.of(101.0))), rig.told());
  }

  /** Minutes 2 to 13: of the bars of 3 minutes, that of 0 has no begin, and that of 12 no end. */
  @Test
  void aFrameThatNobodyWantedBeginsWithWhatMinutesMake() {
    IndicatorRig rig = new IndicatorRig();
    rig.take(bars(2, 14));
    rig.want(new IndicatorRequest("3m:x", Frame.parse("3m"), IndicatorSpec.parse("sma-3+obv")));
    rig.time(IndicatorRig.OPEN);
    double obv = 0;
    for (int end : List.of(8, 11)) {
      obv += 30 * Math.signum(price(end) - price(end - 3));
    }
    IndicatorRig.Value value = rig.told().getLast();
    assertEquals(9, value.minute());
    assertEquals(3, value.bars());
    assertEquals((price(5) + price(8) + price(11)) / 3, value.values().getFirst());
    assertEquals(obv, value.values().getLast());
  }

  @Test
  void theAveragePriceBeginsAnewWithTheSession() {
    IndicatorRig rig = new IndicatorRig().want(request("vwap"));
    rig.take(
        closed(0, 100), closed(1, 110), closed(DAY_MINUTES, 120), forming(DAY_MINUTES + 1, 130));
    assertEquals(
        List.of(100.0, 105.0, 120.0, 125.0),
        rig.told().stream().map(it -> it.values().getFirst()).toList());
  }

  /** The session is longer than what is kept: its older bars count all the same. */
  @Test
  void theAveragePriceCountsBarsThatAreGone() {
    IndicatorRig rig = new IndicatorRig().want(request("vwap"));
    rig.take(bars(0, 375));
    double sum = LongStream.range(0, 375).mapToDouble(IndicatorStudyTest::price).sum();
    IndicatorRig.Value last = rig.told().getLast();
    assertEquals(250, last.bars());
    assertEquals(sum / 375, Objects.requireNonNull(last.values().getFirst()), 1e-9);
  }

  @Test
  void aSessionThatWasNotSeenFromItsBeginningHasNoAveragePrice() {
    IndicatorRig rig = new IndicatorRig().want(request("vwap+pivots"));
    rig.take(closed(100, 100), closed(101, 101));
    rig.take(closed(DAY_MINUTES, 103, new Bar.State(true, 0, true)), closed(DAY_MINUTES + 1, 104));
    rig.told().forEach(it -> assertNull(it.values().getFirst(), it.toString()));
    rig.take(closed(2 * DAY_MINUTES + 7, 105)); // nothing was traded before
    List<Double> first = rig.told().getFirst().values();
    assertEquals(105, first.getFirst());
    assertNull(first.get(3), "the session before has no beginning");
  }

  @Test
  void pivotPointsAreOfTheSessionBefore() {
    IndicatorRig rig = new IndicatorRig().want(request("pivots"));
    rig.take(closed(0, 100), closed(1, 106), closed(2, 97), closed(3, 100));
    rig.told();
    rig.take(forming(DAY_MINUTES, 50), closed(DAY_MINUTES, 60), closed(DAY_MINUTES + 1, 70));
    List<Double> levels = List.of(101.0, 105.0, 110.0, 114.0, 96.0, 92.0, 87.0);
    assertEquals(
        List.of(levels, levels, levels),
        rig.told().stream().map(IndicatorRig.Value::values).toList());
  }

  @Test
  void theSourceCanBeginASession() {
    IndicatorRig rig = new IndicatorRig().want(request("vwap"));
    rig.take(closed(0, 100), closed(1, 110));
    long begin = IndicatorRig.OPEN + 2 * IndicatorRig.MINUTE;
    rig.startSession(new Times(begin, begin));
    rig.take(closed(2, 120));
    assertEquals(120.0, rig.told().getLast().values().getFirst());
  }

  @Test
  void aRecordingThatBeginsAgainBeginsWithNothing() {
    IndicatorRig rig = new IndicatorRig().want(request("sma-2"));
    rig.take(closed(0, 100), closed(1, 110));
    List<IndicatorRig.Value> first = rig.told();
    rig.startSession(Times.UNKNOWN);
    rig.take(closed(0, 100), closed(1, 110));
    assertEquals(first, rig.told());
  }

  @Test
  void barsOlderThanAllAreCounted() {
    IndicatorRules rules = new IndicatorRules(Set.of(Frame.MINUTE), 16, 1_000);
    IndicatorRig rig = new IndicatorRig(rules);
    rig.take(bars(0, 40)).take(closed(3, 1));
    assertEquals(1, rig.counts.tooOld());
    rig.want(request("sma-2")).take(closed(40, 100));
    assertEquals(17, rig.told().getLast().bars());
  }

  @Test
  void seriesThatNobodyWantsShareTheirRoom() {
    IndicatorRules rules = new IndicatorRules(Set.of(Frame.MINUTE), 64, 20);
    IndicatorRig rig = new IndicatorRig(rules);
    rig.take(bars(0, 40));
    assertEquals(40 - 16, rig.counts.crowded());
    rig.want(request("sma-2")).take(bars(40, 140));
    assertEquals(116, rig.told().getLast().bars(), "a wanted one has room of its own");
    rig.want().take(closed(140, 100)).want(request("sma-2")).take(closed(141, 100));
    assertEquals(17, rig.told().getLast().bars());
  }
}
