package dev.tapeline.market.chain;

import java.util.List;

/**
 * The volatilities of a chain between its strikes: the variance is linear in the logarithm of the
 * strike. Beyond the outermost known strikes nothing is said.
 */
final class Smile {

  private final double[] logs;
  private final double[] variances;
  private final double[] deltas;
  private final int size;

  private Smile(List<? extends ChainStrike> strikes, double discount) {
    logs = new double[strikes.size()];
    variances = new double[strikes.size()];
    deltas = new double[strikes.size()];
    int n = 0;
    for (ChainStrike strike : strikes) {
      LegVolatility volatility = strike.volatility();
      if (volatility.isUsable()) {
        logs[n] = StrictMath.log(strike.value());
        variances[n] = volatility.value() * volatility.value();
        deltas[n++] = callDelta(strike, discount);
      }
    }
    size = n;
  }

  static Smile of(OptionChain chain) {
    double years = chain.left().isKnown() ? chain.left().years() : 0;
    return new Smile(chain.strikes(), StrictMath.exp(-chain.convention().rate() * years));
  }

  /** The delta of a call, not discounted: from 1 far below the forward to 0 far above. */
  private static double callDelta(ChainStrike strike, double discount) {
    ChainLeg call = strike.call();
    TraderGreeks greeks = call == null ? null : call.greeks();
    if (greeks != null) {
      return greeks.delta() / discount;
    }
    ChainLeg put = strike.put();
    greeks = put == null ? null : put.greeks();
    return greeks == null ? Double.NaN : 1 + greeks.delta() / discount;
  }

  /** The volatility at a strike; NaN beyond the known ones. */
  double at(double strike) {
    double log = StrictMath.log(strike);
    for (int i = 0; i < size; i++) {
      if (logs[i] >= log) {
        return i == 0
            ? (logs[0] == log ? StrictMath.sqrt(variances[0]) : Double.NaN)
            : between(i, logs, log);
      }
    }
    return Double.NaN;
  }

  /** The volatility where a call has this delta, which falls from strike to strike. */
  double atCallDelta(double delta) {
    for (int i = 1; i < size; i++) {
      if (deltas[i - 1] >= delta && delta > deltas[i]) {
        return between(i, deltas, delta);
      }
    }
    return Double.NaN;
  }

  /** Interpolates the variance between the strike before this one and this one. */
  private double between(int i, double[] axis, double at) {
    double part = (at - axis[i - 1]) / (axis[i] - axis[i - 1]);
    return StrictMath.sqrt(variances[i - 1] + part * (variances[i] - variances[i - 1]));
  }
}
