package dev.tapeline.market.volatility;

import java.time.LocalDate;

/**
 * An expiry and how far it is.
 *
 * @param minutes from now to the settlement
 */
public record Maturity(LocalDate expiry, double minutes) {

  /** Whether it is a day away or farther: the prices of the last day say little of 30 days. */
  boolean isUsable() {
    return minutes >= IndexQuotes.MINUTES_PER_DAY;
  }
}
