package dev.tapeline.market.chain;

import dev.tapeline.market.instrument.ChainKey;
import java.util.List;

/**
 * What indices need of one expiry. Prices are in the unit of the strikes, also where premiums are
 * paid in a coin.
 *
 * @param future the price of the future of the same expiry; NaN if there is none that counts
 * @param rate of interest a year that the forward was made with, compounded continuously
 * @param atTheMoney the volatility at the forward
 * @param strikes in order
 */
public record ExpiryQuotes(
    ChainKey key,
    TimeLeft left,
    Forward forward,
    double future,
    double rate,
    LegVolatility atTheMoney,
    List<StrikeQuotes> strikes) {

  public ExpiryQuotes {
    strikes = List.copyOf(strikes);
  }

  /** The quotes of a call and a put. */
  public record StrikeQuotes(double strike, BidAsk call, BidAsk put) {}

  /** The best bid and ask of an option; NaN where there is none. */
  public record BidAsk(double bid, double ask) {

    /** Of an option that nobody quotes. */
    public static final BidAsk NONE = new BidAsk(Double.NaN, Double.NaN);

    /** Whether both sides are there, and the bid is not above the ask. */
    public boolean isTwoSided() {
      return bid > 0 && ask >= bid;
    }

    /** Whether both sides are there, and not farther apart than this part of their middle. */
    public boolean isWithin(double spread) {
      return isTwoSided() && ask - bid <= spread * mid();
    }

    /** The middle of the two sides. */
    public double mid() {
      return (bid + ask) / 2;
    }
  }
}
