package dev.tapeline.market.chain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the open options would have their writers trade. Open interest counts units of the
 * underlying here, as vendors send it, so that there is no lot in the formulas. Calls count as held
 * by those who hedge and puts as sold by them: an assumption of the trade, not a fact.
 *
 * @param gamma in money for a move of the underlying by one percent: gamma times open interest
 *     times the squared forward times 0.01, of the calls less the puts
 * @param delta in units of the underlying: delta times open interest
 * @param vega in money for a point of volatility: vega times open interest
 * @param legs how many options have both greeks and an open interest; with none there is no figure
 */
public record Exposure(double gamma, double delta, double vega, int legs) {

  private static final double ONE_PERCENT = 0.01;

  static Exposure of(OptionChain chain) {
    double gamma = 0;
    double delta = 0;
    double vega = 0;
    int legs = 0;
    for (ChainStrike strike : chain.strikes()) {
      double call = interest(strike.call());
      TraderGreeks ofCall = greeks(strike.call());
      if (call > 0 && ofCall != null) {
        gamma += ofCall.gamma() * call;
        delta += ofCall.delta() * call;
        vega += ofCall.vega() * call;
        legs++;
      }
      double put = interest(strike.put());
      TraderGreeks ofPut = greeks(strike.put());
      if (put > 0 && ofPut != null) {
        gamma -= ofPut.gamma() * put;
        delta += ofPut.delta() * put;
        vega += ofPut.vega() * put;
        legs++;
      }
    }
    double forward = chain.forward().value();
    return new Exposure(gamma * forward * forward * ONE_PERCENT, delta, vega, legs);
  }

  private static @Nullable TraderGreeks greeks(@Nullable ChainLeg leg) {
    return leg == null ? null : leg.greeks();
  }

  private static double interest(@Nullable ChainLeg leg) {
    BigDecimal open = leg == null ? null : leg.openInterest();
    return open == null ? 0 : open.doubleValue();
  }
}
