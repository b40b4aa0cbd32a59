package dev.tapeline.market.chain;

/**
 * How volatility differs between the strikes, in fractions a year. What can't be told is NaN: the
 * strikes that are needed have no volatility.
 *
 * @param riskReversal the call's volatility where its delta is 0.25 less the put's where its is
 *     -0.25; deltas are those to the forward, not discounted
 * @param butterfly the mean of these two less the volatility at the money
 * @param slope the volatility 5 % below the forward less that 5 % above
 */
public record Skew(double riskReversal, double butterfly, double slope) {

  private static final double WING_DELTA = 0.25;
  private static final double AWAY = 0.05;

  static Skew of(OptionChain chain, Smile smile, LegVolatility money) {
    double call = smile.atCallDelta(WING_DELTA);
    double put = smile.atCallDelta(1 - WING_DELTA);
    double forward = chain.forward().value();
    return new Skew(
        call - put,
        (call + put) / 2 - money.value(),
        smile.at((1 - AWAY) * forward) - smile.at((1 + AWAY) * forward));
  }
}
