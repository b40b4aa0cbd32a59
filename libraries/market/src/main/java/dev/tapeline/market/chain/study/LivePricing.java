package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.chain.LegVolatility;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.TimeLeft;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Expiry76;
import dev.tapeline.market.option.Pair76;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a chain are priced by now.
 *
 * @param unit what one unit of a premium is worth in the unit of the strikes
 * @param why nothing can be priced; null if it can
 */
record LivePricing(
    Expiry76 expiry, double unit, ChainConvention convention, @Nullable NoFigure why) {

  static LivePricing of(Forward forward, TimeLeft left, ChainTerms terms) {
    return new LivePricing(
        new Expiry76(forward.value(), left.years(), terms.convention().rate()),
        terms.isPaidInCoin() ? forward.value() : 1,
        terms.convention(),
        left.why() != null ? left.why() : forward.why());
  }

  /** The options of a strike. */
  Pair76 pair(double strike) {
    return expiry.pair(strike);
  }

  /** The volatility that a price implies. */
  LegVolatility implied(Pair76 pair, Right right, double price) {
    return why != null
        ? LegVolatility.none(why)
        : LegVolatility.of(pair.implied(right, price * unit));
  }

  TraderGreeks greeks(Pair76 pair, Right right, double volatility) {
    return TraderGreeks.of(pair.greeks(right, volatility), convention.count());
  }
}
