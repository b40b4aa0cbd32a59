package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.instrument.Instrument.Right;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The units of a vendor's figures; {@code Black76Test} has the figures themselves. */
class OptionTermsTest {

  private static final double RATE = 0.065;
  private static final double YEARS = 7545 / 525_600.0;

  /** Worked with arbitrary precision. */
  @Test
  void aCallHasItsKnownPriceAndGreeks() {
    OptionTerms terms = new OptionTerms(24_321.5, 24_400, 0.16245158345704372, YEARS, RATE);
    assertEquals(152.35, terms.price(Right.CALL), 1e-9);
    assertEquals(0.437675959576, terms.delta(Right.CALL), 1e-12);
    assertEquals(0.000831793991560, terms.gamma(), 1e-14);
    assertEquals(11.474250512701664, terms.vega(), 1e-11);
    assertEquals(-17.760640134149128 - RATE * 152.35 / 365, terms.theta(), 1e-11);
  }

  @Test
  void aPutHasItsKnownPriceAndDelta() {
    OptionTerms terms = new OptionTerms(24_321.5, 24_400, 0.16242823752239747, YEARS, RATE);
    assertEquals(230.75, terms.price(Right.PUT), 1e-9);
    assertEquals(-0.56140131970727393, terms.delta(Right.PUT), 1e-12);
  }

  @Property
  void callsAndPutsAreAForwardApart(
      @ForAll @DoubleRange(min = 50, max = 200) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 2) double years,
      @ForAll @DoubleRange(min = 0.05, max = 1) double volatility) {
    OptionTerms terms = new OptionTerms(100, strike, volatility, years, 0);
    assertEquals(100 - strike, terms.price(Right.CALL) - terms.price(Right.PUT), 1e-9);
    assertEquals(1, terms.delta(Right.CALL) - terms.delta(Right.PUT), 1e-12);
    assertEquals(strike * years / 100, terms.rho(Right.CALL) - terms.rho(Right.PUT), 1e-9);
  }
}
