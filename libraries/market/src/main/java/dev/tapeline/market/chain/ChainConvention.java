package dev.tapeline.market.chain;

/**
 * The conventions that volatilities and greeks hang on. Vendors differ in all three, so that each
 * payload names its own.
 *
 * @param count how years are counted
 * @param averaging whether the clock runs ahead where a contract settles at an average: the
 *     variance of the average of the last w is that of w/3, so that 2w/3 less are left. Within w
 *     nothing is computed then
 * @param rate of interest a year, compounded continuously
 */
public record ChainConvention(DayCount count, boolean averaging, double rate) {

  /** The rate that Indian options are computed with, unless the settings have another one. */
  public static final double DEFAULT_RATE = 0.065;

  /** What most screens use: calendar time to the settlement. */
  public static final ChainConvention DEFAULT =
      new ChainConvention(DayCount.CALENDAR, false, DEFAULT_RATE);

  public ChainConvention {
    if (!(Math.abs(rate) <= 1)) {
      throw new IllegalArgumentException("a rate of %s a year".formatted(rate));
    }
  }

  /** The same for a market that never closes and pays no interest on what is held there. */
  public ChainConvention roundTheClock() {
    return new ChainConvention(DayCount.CALENDAR, averaging, 0);
  }
}
