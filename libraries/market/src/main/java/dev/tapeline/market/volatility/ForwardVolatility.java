package dev.tapeline.market.volatility;

/** The volatility at the forward of one expiry. */
public sealed interface ForwardVolatility {

  /**
   * The volatility.
   *
   * @param years to the settlement, each of 365 days
   * @param total the variance from now to the settlement
   * @param isStale whether the quotes were those of a stale chain
   */
  record Found(double years, double total, boolean isStale) implements ForwardVolatility {

    /** The volatility a year, as a fraction. */
    public double volatility() {
      return Math.sqrt(total / years);
    }
  }

  /** Why there is none. */
  enum Absent implements ForwardVolatility, IndexReason {
    /** The settlement is past. */
    NO_TIME,

    /** The forward is not known. */
    NO_FORWARD,

    /** No strike near the forward on one side of it has a quote that counts. */
    NO_STRIKE_NEAR_FORWARD
  }

  /** The volatility that the quotes imply. */
  static ForwardVolatility of(IndexQuotes quotes) {
    Double forward = quotes.forward();
    if (!(quotes.minutes() > 0)) {
      return Absent.NO_TIME;
    }
    return forward == null || !(forward > 0)
        ? Absent.NO_FORWARD
        : new ForwardSmile(quotes, forward).volatility();
  }
}
