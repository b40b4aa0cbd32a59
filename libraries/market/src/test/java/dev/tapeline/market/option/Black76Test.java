package dev.tapeline.market.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument.Right;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Black76Test {

  private static final double RATE = 0.065;
  private static final double FORWARD = 24_321.5;
  private static final double YEARS = 7545 / 525_600.0;
  private static final double DISCOUNT = Math.exp(-RATE * YEARS);

  /** Worked with arbitrary precision. */
  @Test
  void aCallHasItsKnownPriceAndGreeks() {
    Black76 terms = new Black76(FORWARD, 24_400, 0.16245158345704372, YEARS, DISCOUNT);
    assertEquals(0.9990673586964815, DISCOUNT, 1e-12);
    assertEquals(152.35, terms.price(Right.CALL), 0.005);
    assertEquals(0.437675959576, terms.delta(Right.CALL), 1e-6);
    assertEquals(0.000831793991560, terms.gamma(), 1e-9);
    assertEquals(11.474250512701664, terms.vega(), 1e-6);
    assertEquals(-17.760640134149128 - 0.065 * 152.35 / 365, terms.theta(), 1e-6);
  }

  @Test
  void aPutHasItsKnownPriceAndDelta() {
    Black76 terms = new Black76(FORWARD, 24_400, 0.1624282375223975, YEARS, DISCOUNT);
    assertEquals(230.75, terms.price(Right.PUT), 0.005);
    assertEquals(-0.56140131970727393, terms.delta(Right.PUT), 1e-6);
  }

  @Property
  void anOptionIsWorthAtLeastItsExercise(
      @ForAll @DoubleRange(min = 20_000, max = 30_000) double strike,
      @ForAll @IntRange(min = 2, max = 200) int percent,
      @ForAll @IntRange(min = 1, max = 525_600) int minutes) {
    double years = minutes / 525_600.0;
    double discount = Math.exp(-RATE * years);
    Black76 terms = new Black76(FORWARD, strike, percent / 100.0, years, discount);
    double exercise = discount * (FORWARD - strike);
    assertTrue(terms.price(Right.CALL) >= Math.max(0, exercise) - 1e-9, terms.toString());
    assertTrue(terms.price(Right.PUT) >= Math.max(0, -exercise) - 1e-9, terms.toString());
    assertEquals(exercise, terms.price(Right.CALL) - terms.price(Right.PUT), 1e-6);
  }

  @Property
  void callsAndPutsAreAForwardApart(
      @ForAll @DoubleRange(min = 50, max = 200) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 2) double years,
      @ForAll @DoubleRange(min = 0.05, max = 1) double volatility) {
    Black76 terms = new Black76(100, strike, volatility, years, 1);
    double apart = terms.price(Right.CALL) - terms.price(Right.PUT);
    assertEquals(100 - strike, apart, 1e-4);
    assertEquals(1, terms.delta(Right.CALL) - terms.delta(Right.PUT), 1e-12);
    assertEquals(strike * years / 100, terms.rho(Right.CALL) - terms.rho(Right.PUT), 1e-9);
  }

  /** Haug, The Complete Guide to Option Pricing Formulas, 2nd ed.: 1.7011 at a rate of 10 %. */
  @Test
  void aPriceEqualsAPublishedOne() {
    Black76 terms = new Black76(19, 19, 0.28, 0.75, Math.exp(-0.075));
    assertEquals(1.7011, terms.price(Right.CALL), 1e-4);
  }
}
