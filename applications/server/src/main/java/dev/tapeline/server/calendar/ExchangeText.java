package dev.tapeline.server.calendar;

import dev.tapeline.market.session.MarketClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An exchange as it is written.
 *
 * @param like the exchange that this one follows in all that is not written
 */
record ExchangeText(
    @Nullable String like,
    @Nullable Boolean roundTheClock,
    @Nullable ExpiryText expiry,
    @Nullable ZoneId zone,
    @Nullable Set<DayOfWeek> weekend,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validUntil,
    Map<LocalDate, HolidayText> holidays,
    Map<LocalDate, SpecialText> specials,
    Map<MarketClass, List<TimetableText>> classes) {

  ExchangeText {
    holidays = written("holidays", holidays);
    specials = written("specials", specials);
    classes = written("classes", classes);
    classes.forEach(ExchangeText::checkTimetables);
  }

  /** A map without empty entries; the reader gives none at all for a missing key. */
  private static <K extends Comparable<? super K>, V> Map<K, V> written(
      String key, @Nullable Map<K, V> map) {
    Map<K, V> written = new TreeMap<>();
    if (map != null) {
      map.forEach((name, value) -> {
        if (value == null) {
          throw new IllegalArgumentException(
              "%s: %s is empty: leave it out, or write 'none' to take a day away"
                  .formatted(key, name));
        }
        written.put(name, value);
      });
    }
    return written;
  }

  private static void checkTimetables(MarketClass marketClass, List<TimetableText> timetables) {
    long dates = timetables.stream().map(TimetableText::from).distinct().count();
    if (timetables.isEmpty() || dates < timetables.size()) {
      throw new IllegalArgumentException(
          "%s needs a list of timetables, each from another date".formatted(marketClass));
    }
  }

  /** This text laid over another; the timetables of a class replace all of that class. */
  ExchangeText over(ExchangeText base) {
    return new ExchangeText(
        first(like, base.like),
        first(roundTheClock, base.roundTheClock),
        first(expiry, base.expiry),
        first(zone, base.zone),
        first(weekend, base.weekend),
        first(validFrom, base.validFrom),
        first(validUntil, base.validUntil),
        merged(holidays, base.holidays, it -> HolidayText.isRemoval(it.name())),
        merged(specials, base.specials, it -> HolidayText.isRemoval(it.name())),
        merged(classes, base.classes, _ -> false));
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T base) {
    return own == null ? base : own;
  }

  private static <K, V> Map<K, V> merged(Map<K, V> own, Map<K, V> base, Predicate<V> isRemoval) {
    Map<K, V> merged = new TreeMap<>(base);
    merged.putAll(own);
    merged.values().removeIf(isRemoval);
    return merged;
  }
}
