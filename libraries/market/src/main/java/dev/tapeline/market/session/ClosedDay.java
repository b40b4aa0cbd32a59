package dev.tapeline.market.session;

import java.util.Set;

/**
 * A holiday.
 *
 * @param classes the markets that it closes; empty for all of the exchange
 * @param sessions the sessions of the day that it closes; empty for all of them
 */
public record ClosedDay(String name, Set<MarketClass> classes, Set<String> sessions) {

  public ClosedDay {
    classes = Set.copyOf(classes);
    sessions = Set.copyOf(sessions);
  }

  boolean concerns(MarketClass marketClass) {
    return classes.isEmpty() || classes.contains(marketClass);
  }

  boolean closes(PhaseWindow window) {
    return sessions.isEmpty() || sessions.contains(window.session());
  }
}
