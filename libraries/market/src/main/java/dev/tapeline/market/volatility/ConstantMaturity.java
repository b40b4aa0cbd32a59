package dev.tapeline.market.volatility;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The volatility at the money of the next 30 days: total variance is interpolated on a line in time
 * between the expiries around 30 days. Expiries within a day are left out.
 */
public sealed interface ConstantMaturity {

  /** 30 days, in years. */
  double YEARS = VarianceIndex.MINUTES / IndexQuotes.MINUTES_PER_YEAR;

  /**
   * The volatility.
   *
   * @param volatility a year, as a fraction
   * @param expiries how many it was made of, 1 or 2
   * @param flags what is not as it should be
   */
  record Found(double volatility, int expiries, Set<IndexFlag> flags) implements ConstantMaturity {

    public Found {
      flags = Set.copyOf(flags);
    }
  }

  /** Why there is none. */
  enum Absent implements ConstantMaturity, IndexReason {
    /** No expiry that is a day away or farther has a volatility at the money. */
    NO_EXPIRY
  }

  /**
   * The volatility of 30 days.
   *
   * @param expiries the soonest first
   */
  static ConstantMaturity of(List<ForwardVolatility.Found> expiries) {
    List<ForwardVolatility.Found> usable =
        expiries.stream()
            .filter(
                each -> each.years() * IndexQuotes.MINUTES_PER_YEAR >= IndexQuotes.MINUTES_PER_DAY)
            .toList();
    if (usable.isEmpty()) {
      return Absent.NO_EXPIRY;
    }
    int next = 0;
    while (next < usable.size() && usable.get(next).years() < YEARS) {
      next++;
    }
    if (next == usable.size()) {
      return flat(usable.getLast(), usable.size(), IndexFlag.ALL_SOONER);
    }
    ForwardVolatility.Found later = usable.get(next);
    if (later.years() == YEARS) {
      return new Found(later.volatility(), 1, flags(later.isStale()));
    }
    return next == 0
        ? flat(later, usable.size(), IndexFlag.ALL_LATER)
        : between(usable.get(next - 1), later);
  }

  private static Found flat(ForwardVolatility.Found only, int expiries, IndexFlag flag) {
    Set<IndexFlag> flags = flags(only.isStale());
    flags.add(expiries == 1 ? IndexFlag.ONE_EXPIRY : flag);
    return new Found(only.volatility(), 1, flags);
  }

  private static Found between(ForwardVolatility.Found sooner, ForwardVolatility.Found later) {
    double share = (YEARS - sooner.years()) / (later.years() - sooner.years());
    double total = sooner.total() + (later.total() - sooner.total()) * share;
    Set<IndexFlag> flags = flags(sooner.isStale() || later.isStale());
    if (IndexFlag.isFalling(sooner.total(), later.total())) {
      flags.add(IndexFlag.FALLING_TOTAL_VARIANCE);
    }
    return new Found(Math.sqrt(total / YEARS), 2, flags);
  }

  private static Set<IndexFlag> flags(boolean isStale) {
    return isStale ? EnumSet.of(IndexFlag.STALE) : EnumSet.noneOf(IndexFlag.class);
  }
}
