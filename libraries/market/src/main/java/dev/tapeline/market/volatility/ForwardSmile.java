package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.option.ImpliedVolatility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the volatility at the forward: the total variance of the two strikes around it is
 * interpolated on a line in the logarithm of the strike. Each strike's volatility is that of its
 * option out of the money, by the middle of its quote under {@link Black76}. A quote counts if its
 * sides are at most 30 % of their middle apart, as India VIX has it.
 */
record ForwardSmile(IndexQuotes quotes, double forward) {

  /** How far a strike may be from the forward, as a logarithm: farther ones lie on no line. */
  private static final double FARTHEST = 0.1;

  /**
   * The total variance of a strike.
   *
   * @param distance the logarithm of the strike over the forward
   */
  private record Leg(double distance, double total) {}

  ForwardVolatility volatility() {
    int base = quotes.lastAtOrBelow(forward);
    List<StrikeQuotes> all = quotes.strikes();
    Leg below = first(all.subList(0, base + 1).reversed(), Right.PUT);
    Leg above = first(all.subList(base + 1, all.size()), Right.CALL);
    if (below != null && below.distance == 0) {
      return found(below.total);
    }
    return below == null || above == null
        ? ForwardVolatility.Absent.NO_STRIKE_NEAR_FORWARD
        : found(between(below, above));
  }

  private ForwardVolatility found(double total) {
    return new ForwardVolatility.Found(quotes.years(), total, quotes.isStale());
  }

  private static double between(Leg below, Leg above) {
    double share = -below.distance / (above.distance - below.distance);
    return below.total + (above.total - below.total) * share;
  }

  /** The first strike that has a volatility, of those that are near. */
  private @Nullable Leg first(List<StrikeQuotes> outwards, Right right) {
    for (StrikeQuotes each : outwards) {
      double distance = StrictMath.log(each.strike() / forward);
      if (Math.abs(distance) > FARTHEST) {
        return null;
      }
      BidAsk quote = right == Right.PUT ? each.put() : each.call();
      Black76 option = new Black76(right, forward, each.strike(), quotes.years(), quotes.rate());
      if (quote.isWithin(IndiaVariance.WIDEST)
          && option.implied(quote.mid()) instanceof ImpliedVolatility.Found(double volatility)) {
        return new Leg(distance, volatility * volatility * quotes.years());
      }
    }
    return null;
  }
}
