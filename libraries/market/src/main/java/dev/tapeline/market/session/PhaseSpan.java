package dev.tapeline.market.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A phase with its limits.
 *
 * @param since the first instant of the phase; null if it has always been
 * @param until the first instant of the next phase; null if it never ends
 */
public record PhaseSpan(MarketPhase phase, @Nullable Instant since, @Nullable Instant until) {

  /** Whether the instant is in this span. */
  public boolean contains(Instant instant) {
    return (since == null || !instant.isBefore(since))
        && (until == null || instant.isBefore(until));
  }
}
