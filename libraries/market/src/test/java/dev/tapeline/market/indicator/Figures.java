package dev.tapeline.market.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of indicators over bars, for tests. */
final class Figures {

  private Figures() {}

  /** One value of a spec at each of the bars; null where it is absent. */
  static List<@Nullable Double> of(String spec, int place, List<BarValues> bars) {
    IndicatorSpec parsed = IndicatorSpec.parse(spec);
    IndicatorSet set = new IndicatorSet(parsed);
    Readings readings = new Readings(parsed);
    List<@Nullable Double> all = new ArrayList<>();
    for (BarValues bar : bars) {
      set.update(bar, readings);
      all.add(at(readings, place));
    }
    return all;
  }

  /** All values of readings; null where one is absent. */
  static List<@Nullable Double> all(Readings readings) {
    List<@Nullable Double> all = new ArrayList<>();
    int count = readings.spec().values().size();
    for (int place = 0; place < count; place++) {
      all.add(at(readings, place));
    }
    return all;
  }

  private static @Nullable Double at(Readings readings, int place) {
    return readings.has(place) ? readings.get(place) : null;
  }

  /** Asserts that two columns are absent alike, and else equal to 1e-9 of the value, or of 1. */
  static void assertAlike(
      List<@Nullable Double> expected, List<@Nullable Double> actual, String what) {
    assertEquals(expected.size(), actual.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      Double right = expected.get(i);
      Double found = actual.get(i);
      String place = "%s at bar %d".formatted(what, i);
      if (right == null || found == null) {
        assertEquals(right, found, place);
      } else {
        assertEquals(right, found, 1e-9 * Math.max(1, Math.abs(right)), place);
      }
    }
  }
}
