package dev.tapeline.market.option;

/**
 * How the price of an option changes.
 *
 * @param delta for one unit of the forward
 * @param gamma the change of delta for one unit of the forward
 * @param theta for one year that passes, with the forward held
 * @param vega for a change of the volatility by 1, that is by 100 points
 * @param rho for a change of the rate by 1, with the forward held
 * @param vanna the change of delta for a change of the volatility by 1
 * @param volga the change of vega for a change of the volatility by 1
 */
public record Greeks(
    double delta,
    double gamma,
    double theta,
    double vega,
    double rho,
    double vanna,
    double volga) {}
