package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variance of one expiry by the rules of CBOE's white paper. The forward follows from the
 * strike at which call and put cost nearly the same. From the base outwards options without a bid
 * are left out, and two of them side by side end the row.
 */
final class CboeVariance {

  private static final int ENOUGH = 2;

  private final IndexQuotes quotes;
  private final List<PricedStrike> strikes = new ArrayList<>();

  private CboeVariance(IndexQuotes quotes) {
    this.quotes = quotes;
  }

  static ExpiryVariance of(IndexQuotes quotes) {
    StrikeQuotes pair = nearestPair(quotes);
    if (pair == null) {
      return Absent.NO_FORWARD;
    }
    double growth = StrictMath.exp(quotes.rate() * quotes.years());
    double forward = pair.strike() + growth * difference(pair);
    int base = quotes.lastAtOrBelow(forward);
    return base < 0 ? Absent.NO_BASE : new CboeVariance(quotes).variance(forward, base);
  }

  /** The strike whose options' prices differ least, the lowest of several. */
  private static @Nullable StrikeQuotes nearestPair(IndexQuotes quotes) {
    return quotes.strikes().stream()
        .filter(CboeVariance::isPair)
        .min(Comparator.comparingDouble(each -> Math.abs(difference(each))))
        .orElse(null);
  }

  private static boolean isPair(StrikeQuotes strike) {
    return strike.call().isTwoSided() && strike.put().isTwoSided();
  }

  /** How much more the call costs than the put. */
  private static double difference(StrikeQuotes strike) {
    return strike.call().mid() - strike.put().mid();
  }

  private ExpiryVariance variance(double forward, int base) {
    StrikeQuotes middle = quotes.strikes().get(base);
    if (!isPair(middle)) {
      return Absent.NO_BASE_QUOTE;
    }
    int zeros = 0;
    for (int i = base - 1; i >= 0 && zeros < ENOUGH; i--) {
      StrikeQuotes each = quotes.strikes().get(i);
      zeros = zerosAfter(zeros, each.strike(), each.put());
    }
    Collections.reverse(strikes);
    strikes.add(new PricedStrike(middle.strike(), (middle.call().mid() + middle.put().mid()) / 2));
    zeros = 0;
    for (int i = base + 1; i < quotes.strikes().size() && zeros < ENOUGH; i++) {
      StrikeQuotes each = quotes.strikes().get(i);
      zeros = zerosAfter(zeros, each.strike(), each.call());
    }
    return new VarianceSum(quotes, forward, middle.strike(), strikes).variance();
  }

  /**
   * Adds a strike if its quote counts; one whose bid is above its ask does not.
   *
   * @return how many options without a bid stand side by side here
   */
  private int zerosAfter(int zeros, double strike, BidAsk quote) {
    if (!(quote.bid() > 0)) {
      return zeros + 1;
    }
    if (quote.isTwoSided()) {
      strikes.add(new PricedStrike(strike, quote.mid()));
    }
    return 0;
  }
}
