package dev.tapeline.market.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.ImpliedVolatility.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices and greeks, compared with figures that mpmath calculated and differences of prices. */
class Black76Test {

  private static final double YEARS = 7_545 / 525_600.0;
  private static final Black76 CALL = new Black76(Right.CALL, 24321.5, 24400, YEARS, 0.065);
  private static final Black76 PUT = new Black76(Right.PUT, 24321.5, 24400, YEARS, 0.065);

  private static void assertNear(double expected, double got) {
    assertEquals(expected, got, 1e-12 * Math.abs(expected));
  }

  private static double implied(Black76 option, double price) {
    return ((Found) option.implied(price)).value();
  }

  @Test
  void theGreeksOfACallAreMpmaths() {
    double volatility = implied(CALL, 152.35);
    assertNear(0.16245158345704371932, volatility);
    assertNear(0.99906735869648150, CALL.discount());
    Greeks greeks = CALL.greeks(volatility);
    assertNear(0.43767595957620340, greeks.delta());
    assertNear(0.00083179399156042092, greeks.gamma());
    assertNear(11.474250512701664, greeks.vega() / 100);
    assertNear(-17.760640134149128, greeks.theta() / 365);
    assertNear(-0.021869877283105, greeks.rho() / 100);
    assertNear(0.42488167944711564, greeks.vanna());
    assertNear(192.93194187635870, greeks.volga());
  }

  @Test
  void theGreeksOfAPutAreMpmaths() {
    double volatility = implied(PUT, 230.75);
    assertNear(0.16242823752239746737, volatility);
    Greeks greeks = PUT.greeks(volatility);
    assertNear(-0.56140131970727393, greeks.delta());
    assertNear(0.00083191027959800, greeks.gamma());
    assertNear(11.474205461268855, greeks.vega() / 100);
    assertNear(-17.744052377606586, greeks.theta() / 365);
    assertNear(-0.033124215182648, greeks.rho() / 100);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.03, 0.16, 0.7})
  void theGreeksAreDifferencesOfPrices(double volatility) {
    for (Right right : Right.values()) {
      Black76 option = new Black76(right, 24321.5, 24400, YEARS, 0.065);
      Greeks greeks = option.greeks(volatility);
      double step = 0.5;
      double up = new Black76(right, 24321.5 + step, 24400, YEARS, 0.065).price(volatility);
      double down = new Black76(right, 24321.5 - step, 24400, YEARS, 0.065).price(volatility);
      assertEquals((up - down) / (2 * step), greeks.delta(), 1e-5);
      assertEquals(
          (up - 2 * option.price(volatility) + down) / (step * step), greeks.gamma(), 1e-6);
      double little = YEARS / 1000;
      double sooner = new Black76(right, 24321.5, 24400, YEARS - little, 0.065).price(volatility);
      double later = new Black76(right, 24321.5, 24400, YEARS + little, 0.065).price(volatility);
      double theta = (sooner - later) / (2 * little);
      assertEquals(theta, greeks.theta(), 1e-4 * Math.abs(theta));
      double vega = (option.price(volatility + 1e-5) - option.price(volatility - 1e-5)) / 2e-5;
      assertEquals(vega, greeks.vega(), 1e-5 * vega);
    }
  }

  @Test
  void withoutTimeOrVolatilityThePriceIsThatOfExercise() {
    assertEquals(10, new Black76(Right.CALL, 100, 90, 0, 0.05).price(0.2));
    assertEquals(0, new Black76(Right.PUT, 100, 90, 0.5, 0).price(0));
  }
}
