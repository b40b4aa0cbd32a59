package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The spline at places that were worked out apart, and its laws. */
class NaturalSplineTest {

  private static NaturalSpline through(double... strikesAndPrices) {
    return new NaturalSpline(
        IntStream.range(0, strikesAndPrices.length / 2)
            .mapToObj(i -> new PricedStrike(strikesAndPrices[2 * i], strikesAndPrices[2 * i + 1]))
            .toList());
  }

  @Test
  void theWorkedExampleGivesItsPrices() {
    NaturalSpline puts = through(23_800, 21.70, 24_000, 40.50, 24_400, 125.30, 24_500, 161.00);
    assertEquals(72.12307692307692, puts.at(24_200), 1e-12);
    NaturalSpline calls = through(24_500, 220.25, 24_600, 166.85, 24_800, 89.00, 25_200, 17.85);
    assertEquals(44.788970588235294, calls.at(25_000), 1e-12);
  }

  @Test
  void betweenTwoPointsItIsALine() {
    assertEquals(12.5, through(100, 10, 200, 20).at(125));
  }

  @Test
  void insideIsBetweenTheOutermostPoints() {
    NaturalSpline spline = through(100, 10, 200, 20);
    assertTrue(spline.isInside(100));
    assertTrue(spline.isInside(200));
    assertFalse(spline.isInside(99.9));
    assertFalse(spline.isInside(200.1));
    assertEquals(10, through(100, 10).at(100));
  }

  @Property
  void itGoesThroughItsPoints(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 1e4) Double> prices) {
    NaturalSpline spline = new NaturalSpline(knots(prices));
    for (int i = 0; i < prices.size(); i++) {
      assertEquals(prices.get(i), spline.at(strike(i)));
    }
  }

  @Property
  void itHasNoKnickAndIsStraightAtItsEnds(
      @ForAll @Size(min = 3, max = 30) List<@DoubleRange(min = 0, max = 100) Double> prices) {
    NaturalSpline spline = new NaturalSpline(knots(prices));
    double h = 0.01;
    for (int i = 1; i < prices.size() - 1; i++) {
      double before = (spline.at(strike(i)) - spline.at(strike(i) - h)) / h;
      double after = (spline.at(strike(i) + h) - spline.at(strike(i))) / h;
      assertEquals(before, after, 0.1);
    }
    assertEquals(0, bend(spline, strike(0) + h, h), 0.2);
    assertEquals(0, bend(spline, strike(prices.size() - 1) - h, h), 0.2);
  }

  private static double bend(NaturalSpline spline, double at, double h) {
    return (spline.at(at + h) - 2 * spline.at(at) + spline.at(at - h)) / (h * h);
  }

  private static double strike(int place) {
    return 100 + 10 * place + place % 3;
  }

  private static List<PricedStrike> knots(List<Double> prices) {
    return IntStream.range(0, prices.size())
        .mapToObj(i -> new PricedStrike(strike(i), prices.get(i)))
        .toList();
  }
}
