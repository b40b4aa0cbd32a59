package dev.tapeline.market.chain;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures at the money: at the strike nearest to the forward, and of two as near the lower one.
 *
 * @param index of that strike; -1 if there is none
 * @param strike NaN if there is none
 * @param spotStrike the strike nearest to the spot, which screens mark; NaN if there is none
 * @param volatility at the forward itself, as a fraction a year
 * @param straddle the call and the put of the strike together; NaN if one has no price
 * @param synthetic the forward by the parity of these two
 * @param move the standard deviation of the underlying until the expiry, in its price
 */
public record AtTheMoney(
    int index,
    double strike,
    double spotStrike,
    LegVolatility volatility,
    double straddle,
    double synthetic,
    double move) {

  static AtTheMoney of(OptionChain chain, Smile smile) {
    Forward forward = chain.forward();
    int index = forward.isKnown() ? nearest(chain.strikes(), forward.value()) : -1;
    double spotStrike = strikeAt(chain, number(chain.spot()));
    if (index < 0) {
      LegVolatility none = LegVolatility.none(NoFigure.NO_FORWARD);
      return new AtTheMoney(-1, Double.NaN, spotStrike, none, Double.NaN, Double.NaN, Double.NaN);
    }
    ChainStrike strike = chain.strikes().get(index);
    double unit = chain.isPaidInCoin() ? forward.value() : 1;
    double call = unit * price(strike.call());
    double put = unit * price(strike.put());
    double years = chain.left().years();
    LegVolatility volatility = at(smile, forward.value());
    return new AtTheMoney(
        index,
        strike.value(),
        spotStrike,
        volatility,
        call + put,
        strike.value() + StrictMath.exp(chain.convention().rate() * years) * (call - put),
        forward.value() * volatility.value() * StrictMath.sqrt(years));
  }

  private static LegVolatility at(Smile smile, double forward) {
    double value = smile.at(forward);
    return Double.isNaN(value)
        ? LegVolatility.none(NoFigure.NO_VOLATILITY)
        : new LegVolatility(value, null);
  }

  private static double strikeAt(OptionChain chain, double price) {
    int index = Double.isNaN(price) ? -1 : nearest(chain.strikes(), price);
    return index < 0 ? Double.NaN : chain.strikes().get(index).value();
  }

  private static int nearest(List<? extends ChainStrike> strikes, double price) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < strikes.size(); i++) {
      double away = Math.abs(strikes.get(i).value() - price);
      if (away < least) {
        least = away;
        best = i;
      }
    }
    return best;
  }

  private static double price(@Nullable ChainLeg leg) {
    return leg == null ? Double.NaN : leg.price().value();
  }

  private static double number(@Nullable BigDecimal value) {
    return value == null ? Double.NaN : value.doubleValue();
  }
}
