package dev.tapeline.market.volatility;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quotes of all options of one expiry at one moment.
 *
 * @param minutes from now to the settlement, with a fraction
 * @param rate of interest a year, compounded continuously, as a fraction
 * @param forward the price of the underlying for the expiry; null if it is not known
 * @param strikes by strike, the lowest first, each once
 */
public record ExpiryQuotes(
    LocalDate expiry,
    double minutes,
    double rate,
    @Nullable Double forward,
    List<StrikeQuotes> strikes) {

  static final double MINUTES_PER_DAY = 1_440;
  static final double MINUTES_PER_YEAR = 525_600;

  public ExpiryQuotes {
    strikes = List.copyOf(strikes);
    for (int i = 1; i < strikes.size(); i++) {
      if (strikes.get(i).strike() <= strikes.get(i - 1).strike()) {
        throw new IllegalArgumentException(
            "the strike %s follows %s"
                .formatted(strikes.get(i).strike(), strikes.get(i - 1).strike()));
      }
    }
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
