package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The variance of one expiry by the rules of NSE's white paper on India VIX. The forward is the
 * price of the expiry's future. A quote counts if it has both sides, and they are at most 30 % of
 * their middle apart. The price of an option without such a quote is taken from the {@link
 * NaturalSpline} through those of its side, if it lies between them, and left out otherwise.
 */
final class IndiaVariance {

  /** The widest spread that counts, as a share of the middle. */
  static final double WIDEST = 0.30;

  private final IndexQuotes quotes;
  private final int base;

  private IndiaVariance(IndexQuotes quotes, int base) {
    this.quotes = quotes;
    this.base = base;
  }

  static ExpiryVariance of(IndexQuotes quotes) {
    Double forward = quotes.forward();
    if (forward == null) {
      return Absent.NO_FORWARD;
    }
    int base = quotes.lastAtOrBelow(forward);
    return base < 0 ? Absent.NO_BASE : new IndiaVariance(quotes, base).variance(forward);
  }

  private ExpiryVariance variance(double forward) {
    double strike = quotes.strikes().get(base).strike();
    List<PricedStrike> puts = side(0, base, StrikeQuotes::put);
    List<PricedStrike> calls = side(base, quotes.strikes().size() - 1, StrikeQuotes::call);
    if (puts.isEmpty()
        || calls.isEmpty()
        || puts.getLast().strike() != strike
        || calls.getFirst().strike() != strike) {
      return Absent.NO_BASE_QUOTE;
    }
    double middle = (puts.getLast().price() + calls.getFirst().price()) / 2;
    List<PricedStrike> strikes = new ArrayList<>(puts.subList(0, puts.size() - 1));
    strikes.add(new PricedStrike(strike, middle));
    strikes.addAll(calls.subList(1, calls.size()));
    return new VarianceSum(quotes, forward, strike, strikes).variance();
  }

  /** The prices of one side, from one strike to another, without those that have none. */
  private List<PricedStrike> side(int first, int last, Function<StrikeQuotes, BidAsk> quote) {
    List<StrikeQuotes> all = quotes.strikes().subList(first, last + 1);
    List<PricedStrike> knots =
        all.stream()
            .filter(each -> quote.apply(each).isWithin(WIDEST))
            .map(each -> new PricedStrike(each.strike(), quote.apply(each).mid()))
            .toList();
    if (knots.isEmpty()) {
      return knots;
    }
    NaturalSpline spline = new NaturalSpline(knots);
    return all.stream()
        .filter(each -> spline.isInside(each.strike()))
        .map(each -> new PricedStrike(each.strike(), spline.at(each.strike())))
        .filter(each -> each.price() > 0)
        .toList();
  }
}
