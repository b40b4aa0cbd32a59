package dev.tapeline.server.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.tapeline.market.session.ClosedDay;
import dev.tapeline.market.session.MarketClass;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A holiday as it is written: its name, or a mapping of its name and of what it closes. The name
 * {@code none} takes a holiday of the file below away.
 */
record HolidayText(
    @Nullable String name, @Nullable Set<MarketClass> classes, @Nullable Set<String> sessions) {

  private static final String NONE = "none";

  @JsonCreator
  HolidayText {
    requireName(name);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static HolidayText named(String name) {
    return new HolidayText(name, null, null);
  }

  static String requireName(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "the day has no name: write one, or 'none' to take away what the built-in file says");
    }
    return name;
  }

  /** Whether the name stands for no entry at all. */
  static boolean isRemoval(@Nullable String name) {
    return NONE.equals(name);
  }

  ClosedDay day() {
    return new ClosedDay(
        requireName(name),
        Objects.requireNonNullElse(classes, Set.of()),
        Objects.requireNonNullElse(sessions, Set.of()));
  }
}
