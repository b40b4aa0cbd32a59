package dev.tapeline.market.indicator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever comes late, twice or amended: the last word is that of the bars as they are in the end.
 */
class IndicatorStudyLawTest {

  private static final IndicatorRequest REQUEST =
      IndicatorRig.request("rsi-3+ema-3+atr-3+stoch-3+adx-3+vwap+supertrend-3+obv+pivots");

  private static final int SESSION_BARS = 7;

  @Provide
  Arbitrary<List<Bar>> streams() {
    return Arbitraries.randomValue(IndicatorStudyLawTest::stream);
  }

  private static List<Bar> stream(Random random) {
    List<Bar> bars = new ArrayList<>();
    Map<Long, Integer> revisions = new TreeMap<>();
    int count = 5 + random.nextInt(40);
    bars.add(bar(0, random, 0)); // none is older than all that are kept
    for (int i = 0; i < count; i++) {
      long newest = i / 2;
      long at = newest - Math.min(newest, random.nextInt(4));
      if (random.nextInt(5) == 0) {
        bars.add(bars.getLast());
      } else {
        bars.add(bar(at, random, revisions.merge(at, 1, Integer::sum)));
      }
    }
    return bars;
  }

  private static Bar bar(long at, Random random, int revision) {
    long minute = at / SESSION_BARS * 1_440 + at % SESSION_BARS;
    double open = 100 + random.nextInt(64) / 8.0;
    double close = 100 + random.nextInt(64) / 8.0;
    double high = Math.max(open, close) + random.nextInt(16) / 8.0;
    double low = Math.min(open, close) - random.nextInt(16) / 8.0;
    return IndicatorRig.bar(
        Frame.MINUTE,
        minute,
        List.of(open, high, low, close),
        new Bar.State(true, revision, false));
  }

  @Property(tries = 200)
  void amendedBarsAreAsIfTheyHadAlwaysBeenSo(@ForAll("streams") List<Bar> stream) {
    IndicatorRig live = new IndicatorRig().want(REQUEST);
    Map<Long, IndicatorRig.Value> lastWords = new TreeMap<>();
    Map<Long, Bar> last = new TreeMap<>();
    for (Bar bar : stream) {
      live.take(bar);
      last.put(bar.time(), bar);
    }
    for (IndicatorRig.Value value : live.told()) {
      IndicatorRig.Value before = lastWords.put(value.minute(), value);
      assertEquals(before == null ? 0 : before.revision() + 1, value.revision(), value.toString());
    }
    IndicatorRig fresh = new IndicatorRig().want(REQUEST);
    fresh.take(last.values().toArray(Bar[]::new));
    List<IndicatorRig.Value> scratch = fresh.told();
    assertEquals(
        scratch.stream().map(it -> List.of(it.minute(), it.bars(), it.values())).toList(),
        lastWords.values().stream()
            .map(it -> List.of(it.minute(), it.bars(), it.values()))
            .toList());
  }
}
