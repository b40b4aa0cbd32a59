package dev.tapeline.market.session;

/** What a market does at an instant. */
public enum MarketPhase {
  /** Orders for the opening auction, its matching, and the pause before continuous trading. */
  PRE_OPEN,
  /** Orders of earlier days may be cancelled; there are no trades. */
  CANCEL_ONLY,
  /** Continuous trading. */
  OPEN,
  /** The closing auction. The value of an index stands still until its last print. */
  CLOSING_AUCTION,
  /** Trades at the closing price. */
  POST_CLOSE,
  CLOSED,
  /** The calendar does not cover the instant, or does not know the market. */
  UNKNOWN;

  /**
   * Whether it is normal that no prices come. In an unknown phase that is not known: silence is
   * then no proof of a fault either.
   */
  public boolean isSilenceNormal() {
    return this != OPEN && this != UNKNOWN;
  }
}
