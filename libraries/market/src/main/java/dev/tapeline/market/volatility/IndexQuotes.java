package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.chain.Forward;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a volatility index takes of one expiry at one moment. Time is that of the calendar, whatever
 * the convention of the chain: the rules of the indices count minutes.
 *
 * @param minutes from now to the settlement, with a fraction
 * @param rate of interest a year, compounded continuously, as a fraction
 * @param forward the price of the underlying for the expiry; null if it is not known
 * @param source where the forward comes from
 * @param isStale whether the chain was stale at that moment
 * @param strikes by strike, the lowest first, each once
 */
public record IndexQuotes(
    LocalDate expiry,
    double minutes,
    double rate,
    @Nullable Double forward,
    Forward.Source source,
    boolean isStale,
    List<StrikeQuotes> strikes) {

  private static final double MILLIS_PER_MINUTE = 60_000;
  static final double MINUTES_PER_DAY = 1_440;
  static final double MINUTES_PER_YEAR = 525_600;

  public IndexQuotes {
    strikes = List.copyOf(strikes);
    for (int i = 1; i < strikes.size(); i++) {
      if (strikes.get(i).strike() <= strikes.get(i - 1).strike()) {
        throw new IllegalArgumentException(
            "the strike %s follows %s"
                .formatted(strikes.get(i).strike(), strikes.get(i - 1).strike()));
      }
    }
  }

  /**
   * Those of a chain.
   *
   * @param future whether the future of the expiry is preferred to the forward of the chain
   */
  public static IndexQuotes of(IndexInput input, boolean future) {
    ExpiryQuotes quotes = input.quotes();
    boolean isFuture = future && quotes.future() > 0;
    Forward forward = isFuture ? Forward.ofFuture(quotes.future()) : quotes.forward();
    return new IndexQuotes(
        quotes.key().expiry(),
        quotes.left().millis() / MILLIS_PER_MINUTE,
        quotes.rate(),
        forward.isKnown() ? forward.value() : null,
        forward.source(),
        input.isStale(),
        quotes.strikes());
  }

  /** The time to the settlement in years of 365 days. */
  public double years() {
    return minutes / MINUTES_PER_YEAR;
  }

  /** The place of the highest strike that is not above this price; -1 if all are above it. */
  int lastAtOrBelow(double price) {
    int last = -1;
    while (last + 1 < strikes.size() && strikes.get(last + 1).strike() <= price) {
      last++;
    }
    return last;
  }
}
