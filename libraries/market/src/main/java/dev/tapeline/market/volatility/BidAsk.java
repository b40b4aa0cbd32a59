package dev.tapeline.market.volatility;

/**
 * The best bid and the best ask of one option, in the currency of its price.
 *
 * @param bid 0 where nobody bids
 * @param ask 0 where nobody offers
 */
public record BidAsk(double bid, double ask) {

  /** Nobody bids and nobody offers. */
  public static final BidAsk NONE = new BidAsk(0, 0);

  public BidAsk {
    if (!isPrice(bid) || !isPrice(ask)) {
      throw new IllegalArgumentException("no bid and ask: %s, %s".formatted(bid, ask));
    }
  }

  private static boolean isPrice(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  /** Whether both sides are there, and the bid is not above the ask. */
  public boolean isTwoSided() {
    return bid > 0 && ask >= bid;
  }

  /** Whether both sides are there, and not farther apart than this share of their middle. */
  public boolean isWithin(double spread) {
    return isTwoSided() && ask - bid <= spread * mid();
  }

  /** The middle of the two sides. */
  public double mid() {
    return (bid + ask) / 2;
  }
}
