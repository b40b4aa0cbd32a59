package dev.tapeline.market.volatility;

/** The quotes of the call and the put of one strike. */
public record StrikeQuotes(double strike, BidAsk call, BidAsk put) {

  public StrikeQuotes {
    if (!(strike > 0) || strike == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the strike is %s; it must be above 0".formatted(strike));
    }
  }

  /** Whether both options have a bid and an ask. */
  boolean isPair() {
    return call.isTwoSided() && put.isTwoSided();
  }

  /** How much more the call costs than the put, by the middles of their quotes. */
  double difference() {
    return call.mid() - put.mid();
  }
}
