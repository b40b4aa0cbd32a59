package dev.tapeline.market.session;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The hours of an exchange, as they were announced. */
public sealed interface ExchangeRules {

  String exchange();

  /**
   * An exchange with hours.
   *
   * @param first the first date that the rules cover
   * @param last the last date that the rules cover: what follows is unknown
   * @param holidays by date
   * @param specials by date; they come before weekends and holidays
   * @param timetables by market, in any order; the earliest also counts for the time before it
   */
  record Scheduled(
      String exchange,
      ZoneId zone,
      LocalDate first,
      LocalDate last,
      Set<DayOfWeek> weekend,
      Map<LocalDate, ClosedDay> holidays,
      Map<LocalDate, SpecialDay> specials,
      Map<MarketClass, List<Timetable>> timetables)
      implements ExchangeRules {

    /** The longest time that rules can cover: nobody announces more than a few years. */
    public static final int MAX_YEARS = 10;

    public Scheduled {
      if (first.isAfter(last) || last.isAfter(first.plusYears(MAX_YEARS))) {
        throw new IllegalArgumentException(
            "%s is valid from %s until %s: that has to be at most %d years, in this order"
                .formatted(exchange, first, last, MAX_YEARS));
      }
      weekend = Set.copyOf(weekend);
      holidays = Map.copyOf(holidays);
      specials = Map.copyOf(specials);
      timetables =
          timetables.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, entry -> inOrder(entry.getKey(), entry.getValue())));
    }

    private static List<Timetable> inOrder(MarketClass marketClass, List<Timetable> timetables) {
      if (marketClass == MarketClass.ALWAYS) {
        throw new IllegalArgumentException("a market that never closes has no timetable");
      }
      if (timetables.isEmpty()) {
        throw new IllegalArgumentException("%s has no timetable".formatted(marketClass));
      }
      return timetables.stream().sorted(Comparator.comparing(Timetable::from)).toList();
    }
  }

  /** An exchange that never closes; its only class is {@link MarketClass#ALWAYS}. */
  record RoundTheClock(String exchange, ExpiryTimes expiry) implements ExchangeRules {}
}
