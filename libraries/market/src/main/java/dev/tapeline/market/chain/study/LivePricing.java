package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.chain.LegVolatility;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.TimeLeft;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a chain are priced by now.
 *
 * @param unit what one unit of a premium is worth in the unit of the strikes
 * @param why nothing can be priced; null if it can
 */
record LivePricing(
    double forward, double years, double unit, ChainConvention convention, @Nullable NoFigure why) {

  static LivePricing of(Forward forward, TimeLeft left, ChainTerms terms) {
    return new LivePricing(
        forward.value(),
        left.years(),
        terms.isPaidInCoin() ? forward.value() : 1,
        terms.convention(),
        left.why() != null ? left.why() : forward.why());
  }

  /** The volatility that a price implies. */
  LegVolatility implied(Right right, double strike, double price) {
    if (why != null) {
      return LegVolatility.none(why);
    }
    return LegVolatility.of(option(right, strike).implied(price * unit));
  }

  TraderGreeks greeks(Right right, double strike, double volatility) {
    return TraderGreeks.of(option(right, strike).greeks(volatility), convention.count());
  }

  private Black76 option(Right right, double strike) {
    return new Black76(right, forward, strike, years, convention.rate());
  }
}
