package dev.tapeline.market.bar.study;

import org.jspecify.annotations.Nullable;

/**
 * The session of one instrument: by the clock of its venue, cut where the source says that one
 * begins. Owned by one {@link InstrumentBars}.
 */
final class CurrentSession {

  private final SessionClock clock;
  private final Runnable onNext;
  private @Nullable SessionSpan latest;

  /** When a session began that the clock does not know of. */
  private long startedAt = Long.MIN_VALUE;

  /**
   * @param onNext runs when the next session begins
   */
  CurrentSession(SessionClock clock, Runnable onNext) {
    this.clock = clock;
    this.onNext = onNext;
  }

  /** The session of the newest trade; null before there is one. */
  @Nullable SessionSpan latest() {
    return latest;
  }

  /** The session with trading or an auction at a time; null if there is none. */
  @Nullable SessionSpan at(long time) {
    SessionSpan known = latest;
    if (known != null && known.isOpenAt(time) && !isCut(known, time)) {
      return known;
    }
    SessionSpan found = clock.at(time);
    if (found == null) {
      return null;
    }
    SessionSpan session = isCut(found, time) ? found.from(startedAt) : found;
    if (known == null || session.open() > known.open()) {
      latest = session;
      onNext.run();
    }
    return session;
  }

  private boolean isCut(SessionSpan span, long time) {
    return startedAt > span.open() && time >= startedAt;
  }

  /** Another session begins at a time than the clock has it. */
  void startAt(long time) {
    startedAt = time;
    latest = null;
  }
}
