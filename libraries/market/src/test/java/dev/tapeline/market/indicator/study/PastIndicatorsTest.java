package dev.tapeline.market.indicator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Lookback;
import dev.tapeline.market.indicator.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of the past are those that were told when the bars came. */
class PastIndicatorsTest {

  private static final String SPEC =
      "rsi-3+macd-2-4-3+ema-40+atr-3+bb-5+stoch-3+adx-3+vwap+supertrend-3+obv+pivots";
  private static final IndicatorRequest REQUEST = IndicatorRig.request(SPEC);

  /** Longer than what is kept of a series that nobody wants, and than what a value is made of. */
  private static final int BARS = 700;

  private static final int SESSION_BARS = 90;

  private static final LongUnaryOperator OPENS =
      time ->
          IndicatorRig.OPEN + Math.floorDiv(time - IndicatorRig.OPEN, 86_400_000L) * 86_400_000L;

  private static List<Bar> bars(long seed) {
    Random random = new Random(seed);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < BARS; i++) {
      if (random.nextInt(8) > 0) { // not every minute has a trade
        bars.add(bar(i, random));
      }
    }
    return bars;
  }

  private static Bar bar(int at, Random random) {
    double open = 100 + random.nextInt(64) / 8.0;
    double close = 100 + random.nextInt(64) / 8.0;
    double high = Math.max(open, close) + random.nextInt(16) / 8.0;
    double low = Math.min(open, close) - random.nextInt(16) / 8.0;
    return IndicatorRig.bar(
        Frame.MINUTE,
        at / SESSION_BARS * 1_440L + at % SESSION_BARS,
        List.of(open, high, low, close),
        new Bar.State(true, 0, random.nextInt(40) == 0));
  }

  private static List<@Nullable Double> values(Readings readings) {
    List<@Nullable Double> all = new ArrayList<>();
    for (int place = 0; place < readings.spec().values().size(); place++) {
      all.add(readings.has(place) ? readings.get(place) : null);
    }
    return all;
  }

  @Property(tries = 20)
  void valuesAreThoseThatWereTold(@ForAll long seed) {
    IndicatorRig live = new IndicatorRig(IndicatorRules.of(Set.of(Frame.MINUTE))).want(REQUEST);
    PastIndicators past = new PastIndicators(REQUEST.spec(), OPENS);
    for (Bar bar : bars(seed)) {
      Bar forming = new Bar(bar.frame(), bar.time(), bar.prices(), bar.volume(), 1, halfWay(bar));
      live.take(forming, bar);
      List<IndicatorRig.Value> told = live.told();
      assertSame(told.getFirst(), past.forming(forming));
      past.add(bar);
      assertSame(told.getLast(), past.closed());
    }
  }

  private static Bar.State halfWay(Bar bar) {
    return new Bar.State(false, 0, bar.state().partial());
  }

  private static void assertSame(IndicatorRig.Value told, Readings readings) {
    assertEquals(told.values(), values(readings));
    assertEquals(told.bars(), readings.bars());
  }

  /** Asking for the values of some bars only, or of none of the early ones, changes no value. */
  @Property(tries = 20)
  void valuesDoNotDependOnWhichAreAskedFor(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int step) {
    PastIndicators each = new PastIndicators(REQUEST.spec(), OPENS);
    PastIndicators some = new PastIndicators(REQUEST.spec(), OPENS);
    int count = 0;
    for (Bar bar : bars(seed)) {
      each.add(bar);
      some.add(bar);
      List<@Nullable Double> expected = values(each.closed());
      if (count++ % step == 0) {
        assertEquals(expected, values(some.closed()));
      }
    }
  }

  @Test
  void barsComeInOrder() {
    PastIndicators past = new PastIndicators(REQUEST.spec(), OPENS);
    assertThrows(IllegalStateException.class, past::closed);
    past.add(IndicatorRig.closed(5, 100));
    assertThrows(IllegalArgumentException.class, () -> past.add(IndicatorRig.closed(5, 101)));
  }

  @Test
  void aSpecLooksBackAsFarAsOneOfItsIndicators() {
    assertEquals(Lookback.BARS, IndicatorSpec.parse("rsi+adx").lookback());
    assertEquals(Lookback.SESSION, IndicatorSpec.DEFAULT.lookback());
    assertEquals(Lookback.SESSION_BEFORE, IndicatorSpec.parse("vwap+pivots+ema").lookback());
    assertEquals(Lookback.SERIES, IndicatorSpec.parse("obv+pivots").lookback());
  }
}
