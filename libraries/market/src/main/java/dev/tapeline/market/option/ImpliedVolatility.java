package dev.tapeline.market.option;

/** The volatility that a price implies, or why it implies none. */
public sealed interface ImpliedVolatility {

  /**
   * The volatility of the price.
   *
   * @param value a year, as a fraction: 0.2 is 20 %. It is 0 if the price is just what exercise
   *     would bring
   */
  record Found(double value) implements ImpliedVolatility {}

  /** Why there is none. */
  enum Absent implements ImpliedVolatility {
    /** The price is below what exercise would bring. */
    BELOW_INTRINSIC,

    /** The price is not below that of the forward, for a call, or of the strike, for a put. */
    ABOVE_MAXIMUM,

    /** No time is left. */
    NO_TIME,

    /** The price is 0, negative or no number. */
    NO_PRICE,

    /** The forward or the strike is 0, negative, infinite or no number. */
    NO_FORWARD
  }
}
