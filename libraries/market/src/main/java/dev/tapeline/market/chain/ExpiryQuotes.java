package dev.tapeline.market.chain;

import dev.tapeline.market.instrument.ChainKey;
import java.util.List;

/**
 * What indices need of one expiry. Prices are in the unit of the strikes, also where premiums are
 * paid in a coin.
 *
 * @param rate of interest a year that the forward was made with, compounded continuously
 * @param atTheMoney the volatility at the forward
 * @param strikes in order
 */
public record ExpiryQuotes(
    ChainKey key,
    TimeLeft left,
    Forward forward,
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
  }
}
