package dev.tapeline.market.volatility;

import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.List;

/**
 * The sum over strikes of CBOE's white paper on its volatility index, which NSE's paper on India
 * VIX has too: the price of each option out of the money, divided by the square of its strike and
 * multiplied by the distance of its neighbours.
 *
 * @param strikes the prices, by strike: puts below the base, calls above it, and the mean of both
 *     at the base
 */
record VarianceSum(IndexQuotes quotes, double forward, double base, List<PricedStrike> strikes) {

  ExpiryVariance variance() {
    if (strikes.getFirst().strike() == base || strikes.getLast().strike() == base) {
      return Absent.ONE_SIDED;
    }
    double years = quotes.years();
    double contribution = 2 / years * StrictMath.exp(quotes.rate() * years) * sum();
    double distance = forward / base - 1;
    double adjustment = distance * distance / years;
    double variance = contribution - adjustment;
    return variance > 0
        ? new ExpiryVariance.Found(
            variance, quotes.minutes(), forward, base, contribution, adjustment, strikes.size())
        : Absent.NOT_POSITIVE;
  }

  private double sum() {
    double sum = 0;
    for (int i = 0; i < strikes.size(); i++) {
      PricedStrike each = strikes.get(i);
      sum += width(i) / (each.strike() * each.strike()) * each.price();
    }
    return sum;
  }

  /** Half the distance of the neighbours; at an end the distance to the only one. */
  private double width(int place) {
    int last = strikes.size() - 1;
    double width =
        strikes.get(Math.min(place + 1, last)).strike()
            - strikes.get(Math.max(place - 1, 0)).strike();
    return place == 0 || place == last ? width : width / 2;
  }
}
