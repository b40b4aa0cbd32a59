package dev.tapeline.market.session;

import java.util.List;
import java.util.Set;

/**
 * A day on which markets trade although it is on a weekend or a holiday, or at other hours than
 * usual.
 *
 * @param provisional whether the exchange has not yet confirmed the hours
 * @param classes the markets that trade; empty for all of the exchange
 * @param windows the hours; empty for those of a regular day
 */
public record SpecialDay(
    String name, boolean provisional, Set<MarketClass> classes, List<PhaseWindow> windows) {

  public SpecialDay {
    classes = Set.copyOf(classes);
    windows = windows.isEmpty() ? List.of() : Timetable.checked(windows);
  }

  boolean concerns(MarketClass marketClass) {
    return classes.isEmpty() || classes.contains(marketClass);
  }
}
