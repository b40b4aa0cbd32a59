package dev.tapeline.market.chain;

import org.jspecify.annotations.Nullable;

/**
 * The time that a contract has left.
 *
 * @param millis to the settlement; not below 0
 * @param years by the convention of the chain; NaN if there is a reason
 * @param averaging whether the average that the contract settles at is being taken: greeks are
 *     approximate then
 * @param why the years are absent; null if they are not
 */
public record TimeLeft(long millis, double years, boolean averaging, @Nullable NoFigure why) {

  /** A time that counts. */
  public static TimeLeft of(long millis, double years, boolean averaging) {
    return new TimeLeft(millis, years, averaging, null);
  }

  /** No time that counts. */
  public static TimeLeft none(long millis, boolean averaging, NoFigure why) {
    return new TimeLeft(millis, Double.NaN, averaging, why);
  }

  public boolean isKnown() {
    return why == null;
  }
}
