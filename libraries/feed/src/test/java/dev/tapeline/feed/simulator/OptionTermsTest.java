package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OptionTermsTest {

  private static final double FORWARD = 24_321.5;
  private static final double YEARS = 7545 / 525_600.0;
  private static final double DISCOUNT = 1 / OptionTerms.growth(YEARS);

  /** Worked with arbitrary precision. */
  @Test
  void aCallHasItsKnownPriceAndGreeks() {
    OptionTerms terms = new OptionTerms(FORWARD, 24_400, 0.16245158345704372, YEARS, DISCOUNT);
    assertEquals(0.9990673586964815, DISCOUNT, 1e-12);
    assertEquals(152.35, terms.call(), 0.005);
    assertEquals(0.437675959576, terms.callDelta(), 1e-6);
    assertEquals(0.000831793991560, terms.gamma(), 1e-9);
    assertEquals(11.474250512701664, terms.vega(), 1e-6);
    assertEquals(-17.760640134149128 - 0.065 * 152.35 / 365, terms.theta(), 1e-6);
  }

  @Test
  void aPutHasItsKnownPriceAndDelta() {
    OptionTerms terms = new OptionTerms(FORWARD, 24_400, 0.1624282375223975, YEARS, DISCOUNT);
    assertEquals(230.75, terms.put(), 0.005);
    assertEquals(-0.56140131970727393, terms.putDelta(), 1e-6);
  }

  @Property
  void anOptionIsWorthAtLeastItsExercise(
      @ForAll @DoubleRange(min = 20_000, max = 30_000) double strike,
      @ForAll @IntRange(min = 2, max = 200) int percent,
      @ForAll @IntRange(min = 1, max = 525_600) int minutes) {
    double years = minutes / 525_600.0;
    double discount = 1 / OptionTerms.growth(years);
    OptionTerms terms = new OptionTerms(FORWARD, strike, percent / 100.0, years, discount);
    double exercise = discount * (FORWARD - strike);
    assertTrue(terms.call() >= Math.max(0, exercise) - 1e-9, terms.toString());
    assertTrue(terms.put() >= Math.max(0, -exercise) - 1e-9, terms.toString());
    assertEquals(exercise, terms.call() - terms.put(), 1e-6);
  }

  @Test
  void nothingGrowsAfterTheExpiry() {
    assertEquals(1, OptionTerms.growth(-0.1));
    assertEquals(1, OptionTerms.growth(0));
  }
}
