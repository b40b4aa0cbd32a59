package dev.tapeline.market.session;

import org.jspecify.annotations.Nullable;

/**
 * A part of each trading day during which a market is in one phase.
 *
 * @param step the step of the auction, where the exchange divides the phase into steps
 * @param session the name of the session that the window belongs to
 * @param until the end, which is no more part of the window
 * @param mayEndFrom the earliest end, where the exchange ends the window at random
 */
public record PhaseWindow(
    MarketPhase phase,
    @Nullable PhaseStep step,
    String session,
    TimeOfDay from,
    TimeOfDay until,
    @Nullable TimeOfDay mayEndFrom) {

  /** The name of the session of a day that has only one. */
  public static final String REGULAR = "regular";

  public PhaseWindow {
    if (phase == MarketPhase.CLOSED || phase == MarketPhase.UNKNOWN) {
      throw new IllegalArgumentException(
          "a window is never %s: leave it out".formatted(phase.name()));
    }
    if (session.isBlank()) {
      throw new IllegalArgumentException("the session of a window has no name");
    }
    if (from.compareTo(until) >= 0) {
      throw new IllegalArgumentException(
          "the window %s to %s ends before it begins".formatted(from, until));
    }
    if (mayEndFrom != null
        && (mayEndFrom.compareTo(from) <= 0 || mayEndFrom.compareTo(until) >= 0)) {
      throw new IllegalArgumentException(
          "the window %s to %s can't end from %s on: that is not within it"
              .formatted(from, until, mayEndFrom));
    }
  }

  /** A window of a day with one session, without steps. */
  public static PhaseWindow of(MarketPhase phase, String from, String until) {
    return new PhaseWindow(
        phase, null, REGULAR, TimeOfDay.parse(from), TimeOfDay.parse(until), null);
  }

  boolean isContinuedBy(PhaseWindow next) {
    return next.phase == phase && next.from.equals(until);
  }
}
