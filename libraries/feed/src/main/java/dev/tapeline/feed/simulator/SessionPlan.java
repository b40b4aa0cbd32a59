package dev.tapeline.feed.simulator;

/** How long the simulated market is open, and how long it is closed after that, over and over. */
public record SessionPlan(long openMillis, long closedMillis) {

  /** A trading day in 20 minutes, a night in 10 seconds. */
  public static final SessionPlan COMPRESSED = new SessionPlan(20 * 60_000, 10_000);

  public SessionPlan {
    if (openMillis < 1000 || closedMillis < 0) {
      throw new IllegalArgumentException(
          "a session of %d ms open and %d ms closed".formatted(openMillis, closedMillis));
    }
  }

  /** Which session, from 0, the time since the first opening falls into. */
  long session(long sinceStart) {
    return sinceStart / (openMillis + closedMillis);
  }

  boolean isOpen(long sinceStart) {
    return sinceStart % (openMillis + closedMillis) < openMillis;
  }

  /** How far the session has come, from 0 to 1. */
  double progress(long sinceStart) {
    return Math.min(1.0, (double) (sinceStart % (openMillis + closedMillis)) / openMillis);
  }
}
