package dev.tapeline.market.session;

import java.time.LocalDate;
import java.util.List;

/**
 * The windows of a regular trading day, in force from a date until a later timetable begins.
 *
 * @param windows in order, without overlap; the market is closed between them
 */
public record Timetable(LocalDate from, List<PhaseWindow> windows, ExpiryTimes expiry) {

  public Timetable {
    windows = checked(windows);
  }

  /** The windows as a list that is in order, and in which the market opens at least once. */
  static List<PhaseWindow> checked(List<PhaseWindow> windows) {
    for (int i = 1; i < windows.size(); i++) {
      PhaseWindow before = windows.get(i - 1);
      PhaseWindow window = windows.get(i);
      if (before.until().compareTo(window.from()) > 0) {
        throw new IllegalArgumentException(
            "the window from %s begins before the one from %s ends, at %s; put them in order"
                .formatted(window.from(), before.from(), before.until()));
      }
    }
    if (windows.stream().noneMatch(window -> window.phase() == MarketPhase.OPEN)) {
      throw new IllegalArgumentException("no window is one of continuous trading: add one");
    }
    return List.copyOf(windows);
  }

  /** The end of continuous trading. */
  TimeOfDay close() {
    return windows.stream()
        .filter(window -> window.phase() == MarketPhase.OPEN)
        .reduce((_, last) -> last)
        .orElseThrow()
        .until();
  }
}
