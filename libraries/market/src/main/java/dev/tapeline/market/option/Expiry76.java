package dev.tapeline.market.option;

/**
 * What the options of one expiry have in common under {@link Black76}.
 *
 * @param years the time that is left
 * @param rate a year, compounded continuously
 * @param discount what one unit at the expiry is worth today
 * @param root the square root of the years
 */
public record Expiry76(double forward, double years, double rate, double discount, double root) {

  /** By the forward, the years and the rate. */
  public Expiry76(double forward, double years, double rate) {
    this(forward, years, rate, StrictMath.exp(-rate * years), Math.sqrt(years));
  }

  /** The call and the put of a strike. */
  public Pair76 pair(double strike) {
    return new Pair76(this, strike);
  }
}
