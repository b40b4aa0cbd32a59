package dev.tapeline.market.chain;

import dev.tapeline.market.option.Greeks;

/**
 * Greeks in the units that traders read. The forward is held; a point is one percent of volatility
 * or of the rate.
 *
 * @param delta for one unit of the forward, discounted
 * @param gamma the change of delta for one unit of the forward
 * @param theta for one day of the convention's year
 * @param vega for a point of volatility
 * @param rho for a point of the rate
 * @param vanna the change of delta for a point of volatility
 * @param volga the change of vega for a point of volatility
 */
public record TraderGreeks(
    double delta, double gamma, double theta, double vega, double rho, double vanna, double volga) {

  private static final double POINTS = 100;

  public static TraderGreeks of(Greeks natural, DayCount count) {
    return new TraderGreeks(
        natural.delta(),
        natural.gamma(),
        natural.theta() / count.days(),
        natural.vega() / POINTS,
        natural.rho() / POINTS,
        natural.vanna() / POINTS,
        natural.volga() / (POINTS * POINTS));
  }
}
