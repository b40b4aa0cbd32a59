package dev.tapeline.market.volatility;

/** What a reader should know about a figure that is there. */
public enum IndexFlag implements IndexReason {
  /** There is one expiry only, whose volatility is taken for that of 30 days. */
  ONE_EXPIRY,

  /** All expiries are within 30 days: the volatility of the last one is taken. */
  ALL_SOONER,

  /** All expiries are behind 30 days: the volatility of the first one is taken. */
  ALL_LATER,

  /** Both expiries are within 30 days, or behind them, and their line is continued. */
  EXTRAPOLATED,

  /** An expiry is not between 23 and 37 days away, as CBOE has it. */
  OUTSIDE_23_TO_37_DAYS,

  /** The forward of an expiry is not that of its future, as India VIX has it. */
  FORWARD_NOT_OF_FUTURE,

  /** The newest quote of an expiry is so old that its chain is stale. */
  STALE,

  /** The later expiry has less total variance than the sooner one, which no market should allow. */
  FALLING_TOTAL_VARIANCE;

  /** How much the total variance may fall with the time: the noise of quotes. */
  private static final double NOISE = 0.01;

  /** Whether total variance falls from one expiry to a later one by more than noise. */
  static boolean isFalling(double sooner, double later) {
    return later < sooner * (1 - NOISE);
  }
}
