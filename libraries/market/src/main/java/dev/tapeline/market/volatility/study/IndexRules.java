package dev.tapeline.market.volatility.study;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.Venue;
import dev.tapeline.market.volatility.ExpiryPair;
import dev.tapeline.market.volatility.IndexMethod;
import dev.tapeline.market.volatility.Maturity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * By whose rules the index of the options of a venue is made, and of which expiries. Options of NSE
 * and BSE follow India VIX, all others CBOE.
 *
 * @param venue where the options are traded
 */
public record IndexRules(TradingCalendar calendar, Venue venue) {

  private static final Set<String> INDIAN = Set.of("NSE", "BSE");

  /** India VIX leaves a month so many trading days before it expires. */
  private static final int ROLL_DAYS = 3;

  /** Where the calendar doesn't reach, a month is left so many days before. */
  private static final int UNCOVERED_ROLL_DAYS = 5;

  /** The rules for an option. */
  public static IndexRules of(TradingCalendar calendar, Instrument.Option option) {
    return new IndexRules(calendar, Venue.of(option, _ -> true));
  }

  /** Whose rules they are. */
  public IndexMethod method() {
    return INDIAN.contains(venue.exchange()) ? IndexMethod.INDIA : IndexMethod.CBOE;
  }

  /**
   * The expiries of which the index is made.
   *
   * @param listed all that are known, those without quotes too
   * @param now epoch ms UTC
   */
  public ExpiryPair pair(Collection<LocalDate> listed, long now) {
    return switch (method()) {
      case INDIA -> {
        LocalDate today = calendar.date(venue, Instant.ofEpochMilli(now));
        yield ExpiryPair.ofMonths(listed, expiry -> isRolled(expiry, today));
      }
      case CBOE -> ExpiryPair.around30Days(maturities(listed, now));
    };
  }

  /** The expiries with their time left, the soonest first; those that are settled are left out. */
  public List<Maturity> maturities(Collection<LocalDate> listed, long now) {
    return listed.stream()
        .sorted()
        .map(expiry -> new Maturity(expiry, (settlement(expiry) - now) / 60_000.0))
        .filter(each -> each.minutes() > 0)
        .toList();
  }

  /**
   * The expiries whose chains are needed, in order: those of the index, and those around 30 days.
   */
  public SortedSet<LocalDate> needed(Collection<LocalDate> listed, long now) {
    SortedSet<LocalDate> needed = new TreeSet<>();
    addPair(pair(listed, now), needed);
    List<Maturity> left = maturities(listed, now);
    ExpiryPair around = ExpiryPair.around30Days(left);
    addPair(around, needed);
    if (around instanceof ExpiryPair.Absent && !left.isEmpty()) {
      boolean isLate = around == ExpiryPair.Absent.NO_NEAR_EXPIRY;
      needed.add((isLate ? left.getFirst() : left.getLast()).expiry());
    }
    return needed;
  }

  private static void addPair(ExpiryPair pair, Collection<LocalDate> to) {
    if (pair instanceof ExpiryPair.Found(LocalDate near, LocalDate next)) {
      to.add(near);
      to.add(next);
    }
  }

  private long settlement(LocalDate expiry) {
    return calendar.settlement(venue, expiry).map(Instant::toEpochMilli).orElse(0L);
  }

  /** Whether an expiry is at most three trading days after today. */
  private boolean isRolled(LocalDate expiry, LocalDate today) {
    LocalDate day = today;
    for (int i = 0; i < ROLL_DAYS && day.isBefore(expiry); i++) {
      Optional<LocalDate> next = calendar.nextTradingDay(venue, day);
      if (next.isEmpty()) {
        return !today.plusDays(UNCOVERED_ROLL_DAYS).isBefore(expiry);
      }
      day = next.get();
    }
    return !day.isBefore(expiry);
  }
}
