package dev.tapeline.server.calendar;

import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.Timetable;
import dev.tapeline.market.session.TradingCalendar;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A calendar as it is written: its exchanges by name. */
record CalendarText(Map<String, ExchangeText> exchanges) {

  private static final int MAX_EXCHANGES = 100;

  CalendarText {
    if (exchanges == null || exchanges.isEmpty() || exchanges.size() > MAX_EXCHANGES) {
      throw new IllegalArgumentException(
          "there have to be 1 to %d exchanges: write 'exchanges:', and each one with its name"
              .formatted(MAX_EXCHANGES));
    }
    exchanges.forEach(CalendarText::check);
    exchanges = Map.copyOf(exchanges);
  }

  private static void check(String name, @Nullable ExchangeText text) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "'%s' is no name of an exchange: write letters, digits, _ and -".formatted(name));
    }
    if (text == null) {
      throw new IllegalArgumentException("%s is empty: leave it out".formatted(name));
    }
  }

  /** This calendar laid over another. */
  CalendarText over(CalendarText base) {
    Map<String, ExchangeText> all = new TreeMap<>(base.exchanges);
    exchanges.forEach((name, text) -> all.merge(name, text, (below, own) -> own.over(below)));
    return new CalendarText(all);
  }

  /**
   * The calendar that is written.
   *
   * @throws IllegalArgumentException if an exchange lacks something, or contradicts itself
   */
  TradingCalendar calendar() {
    return new TradingCalendar(rules());
  }

  /** The rules of all exchanges; fails as {@link #calendar} does. */
  List<ExchangeRules> rules() {
    return Stream.concat(models(), followers()).map(name -> rules(name, complete(name))).toList();
  }

  private Stream<String> models() {
    return names(text -> text.like() == null);
  }

  /** The exchanges that are like another: these come second, so that an error names the model. */
  private Stream<String> followers() {
    return names(text -> text.like() != null);
  }

  private Stream<String> names(Predicate<ExchangeText> filter) {
    return exchanges.entrySet().stream()
        .filter(entry -> filter.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted();
  }

  /** An exchange with what it takes from the one that it is like. */
  private ExchangeText complete(String name) {
    ExchangeText own = exchanges.get(name);
    if (own == null) {
      throw new IllegalArgumentException("there is no exchange %s".formatted(name));
    }
    String like = own.like();
    if (like == null) {
      return own;
    }
    ExchangeText model = exchanges.get(like);
    if (model == null || model.like() != null) {
      throw new IllegalArgumentException(
          "%s is like '%s', which is no exchange of its own; write one of %s"
              .formatted(name, like, models().collect(Collectors.joining(", "))));
    }
    return own.over(model);
  }

  private static ExchangeRules rules(String name, ExchangeText text) {
    if (Boolean.TRUE.equals(text.roundTheClock())) {
      return new ExchangeRules.RoundTheClock(name, ExpiryText.times(text.expiry()));
    }
    if (text.expiry() != null) {
      throw new IllegalArgumentException(
          "%s: 'expiry' is for exchanges that are open round the clock; write it into the"
                  .formatted(name)
              + " timetables of a class");
    }
    if (text.classes().isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no hours: write 'classes:', or 'round-the-clock: true'".formatted(name));
    }
    return new ExchangeRules.Scheduled(
        name,
        needed(name, "zone", text.zone()),
        needed(name, "valid-from", text.validFrom()),
        needed(name, "valid-until", text.validUntil()),
        needed(name, "weekend", text.weekend()),
        days(text.holidays(), HolidayText::day),
        days(text.specials(), SpecialText::day),
        timetables(text));
  }

  private static <T> T needed(String exchange, String key, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("%s has no '%s': add it".formatted(exchange, key));
    }
    return value;
  }

  private static <T, D> Map<LocalDate, D> days(Map<LocalDate, T> texts, Function<T, D> day) {
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> day.apply(entry.getValue())));
  }

  private static Map<MarketClass, List<Timetable>> timetables(ExchangeText text) {
    Map<MarketClass, List<Timetable>> timetables = new EnumMap<>(MarketClass.class);
    text.classes()
        .forEach((marketClass, texts) ->
            timetables.put(marketClass, texts.stream().map(TimetableText::timetable).toList()));
    return timetables;
  }
}
