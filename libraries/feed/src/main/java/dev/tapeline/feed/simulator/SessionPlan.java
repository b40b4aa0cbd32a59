package dev.tapeline.feed.simulator;

/** The hours of the simulated market: how long it is open and then closed, over and over. */
public record SessionPlan(long openMillis, long closedMillis) {

  /** A trading day in 20 minutes, a night in 10 seconds. */
  public static final SessionPlan COMPRESSED = new SessionPlan(20 * 60_000, 10_000);

  public SessionPlan {
    if (openMillis < 1000 || closedMillis < 0) {
      throw new IllegalArgumentException(
          "a session of %d ms open and %d ms closed".formatted(openMillis, closedMillis));
    }
  }

  /** The number of the session, from 0, at a time since the first opening. */
  long session(long sinceStart) {
    return sinceStart / (openMillis + closedMillis);
  }

  boolean isOpen(long sinceStart) {
    return sinceStart % (openMillis + closedMillis) < openMillis;
  }

  /** The elapsed part of the session, from 0 to 1. */
  double progress(long sinceStart) {
    return Math.min(1.0, (double) (sinceStart % (openMillis + closedMillis)) / openMillis);
  }
}
