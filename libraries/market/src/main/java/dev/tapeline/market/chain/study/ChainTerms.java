package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.LegPrice;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.Venue;

/**
 * What the options of one chain have in common.
 *
 * @param venue where they are traded
 * @param isPaidInCoin whether premiums are paid in the underlying itself, as those of Deribit's
 *     options on a coin in dollars are
 */
record ChainTerms(
    Venue venue, boolean isPaidInCoin, ChainConvention convention, ChainLimits limits) {

  private static final String DERIBIT = "DERIBIT";
  private static final String IN_DOLLARS = "_USD";

  static ChainTerms of(Instrument.Option option, ChainConvention convention, ChainLimits limits) {
    Venue venue = Venue.of(option, _ -> true);
    boolean coin = option.segment().equals(DERIBIT) && option.underlying().endsWith(IN_DOLLARS);
    boolean always = venue.marketClass() == MarketClass.ALWAYS;
    return new ChainTerms(venue, coin, always ? convention.roundTheClock() : convention, limits);
  }

  LegPrice.LastAge age(long now, long since) {
    return now - since <= limits.lastAge() ? LegPrice.LastAge.FRESH : LegPrice.LastAge.TOO_OLD;
  }
}
