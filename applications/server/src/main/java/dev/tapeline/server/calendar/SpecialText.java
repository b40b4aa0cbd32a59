package dev.tapeline.server.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.SpecialDay;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A day with special sessions as it is written: a mapping, or the name alone if all markets keep
 * their regular hours. The name {@code none} takes a special day of the file below away.
 */
record SpecialText(
    @Nullable String name,
    @Nullable Boolean provisional,
    @Nullable Set<MarketClass> classes,
    @Nullable List<@Nullable WindowText> windows) {

  /** Refuses wrong hours while the reader still knows their line. */
  @JsonCreator
  SpecialText {
    var _ = day(name, provisional, classes, windows);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SpecialText named(String name) {
    return new SpecialText(name, null, null, null);
  }

  SpecialDay day() {
    return day(name, provisional, classes, windows);
  }

  private static SpecialDay day(
      @Nullable String name,
      @Nullable Boolean provisional,
      @Nullable Set<MarketClass> classes,
      @Nullable List<@Nullable WindowText> windows) {
    return new SpecialDay(
        HolidayText.requireName(name),
        Objects.requireNonNullElse(provisional, false),
        Objects.requireNonNullElse(classes, Set.of()),
        WindowText.windows(windows));
  }
}
