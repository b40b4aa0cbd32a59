package dev.tapeline.market.volatility;

import java.util.EnumSet;
import java.util.Set;

/**
 * The volatility of the next 30 days, by the line between the total variances of two expiries, as
 * CBOE's and NSE's white papers have it.
 */
public sealed interface VarianceIndex {

  /** 30 days. */
  double MINUTES = 30 * IndexQuotes.MINUTES_PER_DAY;

  /**
   * The index.
   *
   * @param points a year, in percent: 12.5 is a volatility of 12.5 %
   * @param strikes the number of strikes of both expiries whose price counted
   * @param flags what is not as it should be
   */
  record Found(double points, int strikes, Set<IndexFlag> flags) implements VarianceIndex {

    public Found {
      flags = Set.copyOf(flags);
    }
  }

  /** Why there is none. */
  enum Absent implements VarianceIndex, IndexReason {
    /** The continued line has no variance left at 30 days. */
    NOTHING_AT_30_DAYS
  }

  /**
   * The index of two expiries.
   *
   * @param known what is known of them
   * @throws IllegalArgumentException if the first one is not the sooner one
   */
  static VarianceIndex of(
      ExpiryVariance.Found near, ExpiryVariance.Found next, Set<IndexFlag> known) {
    double between = next.minutes() - near.minutes();
    if (!(between > 0)) {
      throw new IllegalArgumentException(
          "the next expiry, at %s minutes, is not behind the near one, at %s"
              .formatted(next.minutes(), near.minutes()));
    }
    double total =
        near.total() * ((next.minutes() - MINUTES) / between)
            + next.total() * ((MINUTES - near.minutes()) / between);
    if (!(total > 0)) {
      return Absent.NOTHING_AT_30_DAYS;
    }
    Set<IndexFlag> flags = EnumSet.noneOf(IndexFlag.class);
    flags.addAll(known);
    if (near.minutes() > MINUTES || next.minutes() < MINUTES) {
      flags.add(IndexFlag.EXTRAPOLATED);
    }
    if (IndexFlag.isFalling(near.total(), next.total())) {
      flags.add(IndexFlag.FALLING_TOTAL_VARIANCE);
    }
    double points = 100 * Math.sqrt(total * (IndexQuotes.MINUTES_PER_YEAR / MINUTES));
    return new Found(points, near.strikes() + next.strikes(), flags);
  }
}
