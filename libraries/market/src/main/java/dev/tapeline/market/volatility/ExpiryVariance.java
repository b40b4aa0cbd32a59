package dev.tapeline.market.volatility;

/**
 * The variance a year that the options of one expiry imply, whatever the shape of their smile: what
 * a swap of the variance would cost.
 */
public sealed interface ExpiryVariance {

  /**
   * The variance, and what it was made of: it is {@code contribution - adjustment}.
   *
   * @param value a year, as a fraction: 0.04 is a volatility of 20 %
   * @param minutes to the settlement
   * @param forward the price of the underlying for the expiry
   * @param base the highest strike that is not above the forward
   * @param contribution the part of the prices
   * @param adjustment the part of the distance from the base to the forward
   * @param strikes the number of strikes whose price counted
   */
  record Found(
      double value,
      double minutes,
      double forward,
      double base,
      double contribution,
      double adjustment,
      int strikes)
      implements ExpiryVariance {

    /** The variance from now to the settlement. */
    public double total() {
      return value * minutes / IndexQuotes.MINUTES_PER_YEAR;
    }
  }

  /** Why there is none. */
  enum Absent implements ExpiryVariance, IndexReason {
    /** No option of the expiry has sent a quote yet. */
    NO_CHAIN,

    /** The settlement is past. */
    NO_TIME,

    /** The forward is not known: there is no future, or no strike with quotes of both options. */
    NO_FORWARD,

    /** All strikes are above the forward. */
    NO_BASE,

    /** The call or the put of the base has no quote that counts. */
    NO_BASE_QUOTE,

    /** No put below the base, or no call above it, has a quote that counts. */
    ONE_SIDED,

    /** The quotes contradict each other: the sum is not above 0. */
    NOT_POSITIVE
  }
}
