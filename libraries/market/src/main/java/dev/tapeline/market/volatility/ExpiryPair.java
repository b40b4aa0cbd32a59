package dev.tapeline.market.volatility;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The two expiries that a volatility index is made of. */
public sealed interface ExpiryPair {

  /** The index is interpolated between these. */
  record Found(LocalDate near, LocalDate next) implements ExpiryPair {}

  /** Why there are not two. */
  enum Absent implements ExpiryPair, IndexReason {
    /** No expiry is up to 30 days away, or, of monthly ones, none that is not rolled. */
    NO_NEAR_EXPIRY,

    /** No expiry is behind the near one or, for CBOE's, behind 30 days. */
    NO_NEXT_EXPIRY
  }

  /**
   * The last expiry that is at most 30 days away and the first behind 30 days, of those that are at
   * least a day away.
   *
   * @param expiries all that are listed, the soonest first
   */
  static ExpiryPair around30Days(List<Maturity> expiries) {
    LocalDate near = null;
    for (Maturity each : expiries) {
      if (each.minutes() > VarianceIndex.MINUTES) {
        return near == null ? Absent.NO_NEAR_EXPIRY : new Found(near, each.expiry());
      }
      near = each.isUsable() ? each.expiry() : near;
    }
    return near == null ? Absent.NO_NEAR_EXPIRY : Absent.NO_NEXT_EXPIRY;
  }

  /**
   * The first two monthly expiries that are not rolled. A month's expiry is the last one that is
   * listed in it.
   *
   * @param listed all that are listed, weekly ones too
   * @param rolled whether an expiry is so near that the index has left it
   */
  static ExpiryPair ofMonths(Collection<LocalDate> listed, Predicate<LocalDate> rolled) {
    TreeMap<YearMonth, LocalDate> months = new TreeMap<>();
    listed.forEach(
        each -> months.merge(YearMonth.from(each), each, (a, b) -> a.isAfter(b) ? a : b));
    List<LocalDate> left = months.values().stream().filter(rolled.negate()).limit(2).toList();
    return switch (left.size()) {
      case 0 -> Absent.NO_NEAR_EXPIRY;
      case 1 -> Absent.NO_NEXT_EXPIRY;
      default -> new Found(left.getFirst(), left.getLast());
    };
  }
}
