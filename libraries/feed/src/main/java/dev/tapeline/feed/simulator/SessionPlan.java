package dev.tapeline.feed.simulator;

import java.time.Duration;

/**
 * The hours of the simulated market, over and over, in real milliseconds: the continuous session
 * from 09:15 to 15:30, the trading of derivatives after it until 15:45, the night, and the pre-open
 * session from 09:00 of the next trading day. A plan begins at 09:15.
 */
public record SessionPlan(
    long openMillis, long afterMillis, long closedMillis, long preOpenMillis) {

  /** A continuous session in 20 minutes, the other hours to scale, a night in 10 seconds. */
  public static final SessionPlan COMPRESSED = compressed(Duration.ofMinutes(20));

  private static final double PRE_OPEN_SECOND = 9 * 3600;
  private static final double OPEN_SECOND = 9.25 * 3600;
  private static final double AFTER_SECOND = 15.5 * 3600;
  private static final double END_SECOND = 15.75 * 3600;

  /** A part of the trading day. */
  public enum Phase {
    /** Orders are collected for the opening auction; prices are indicative. */
    PRE_OPEN,
    /** Everything trades. */
    OPEN,
    /** Derivatives alone trade. */
    AFTER,
    /** Nothing happens. */
    CLOSED
  }

  public SessionPlan {
    if (openMillis < 1000 || afterMillis < 0 || closedMillis < 0 || preOpenMillis < 0) {
      throw new IllegalArgumentException(
          "a session of %d ms open, %d ms after it, %d ms closed and %d ms before it"
              .formatted(openMillis, afterMillis, closedMillis, preOpenMillis));
    }
  }

  /** A plan of continuous sessions and nights alone. */
  public SessionPlan(long openMillis, long closedMillis) {
    this(openMillis, 0, closedMillis, 0);
  }

  /** A plan of whole trading days to scale, whose nights take 10 seconds. */
  public static SessionPlan compressed(Duration open) {
    long quarter = open.toMillis() * 15 / 375;
    return new SessionPlan(open.toMillis(), quarter, 10_000, quarter);
  }

  /** A day from one opening to the next. */
  public Duration day() {
    return Duration.ofMillis(cycle());
  }

  private long cycle() {
    return openMillis + afterMillis + closedMillis + preOpenMillis;
  }

  /**
   * The number of the session, from 0, at a time since the first opening. It begins with its
   * pre-open.
   */
  long session(long sinceStart) {
    return (sinceStart + preOpenMillis) / cycle();
  }

  Phase phase(long sinceStart) {
    long inCycle = sinceStart % cycle();
    if (inCycle < openMillis) {
      return Phase.OPEN;
    } else if (inCycle < openMillis + afterMillis) {
      return Phase.AFTER;
    }
    return inCycle < cycle() - preOpenMillis ? Phase.CLOSED : Phase.PRE_OPEN;
  }

  /** The elapsed part of the continuous session, from 0 to 1. */
  double progress(long sinceStart) {
    return Math.min(1.0, (double) (sinceStart % cycle()) / openMillis);
  }

  /** The simulated time of day in seconds; it stands still at 15:45 while the market is closed. */
  double secondOfDay(long sinceStart) {
    long inCycle = sinceStart % cycle();
    return switch (phase(sinceStart)) {
      case OPEN -> OPEN_SECOND + progress(sinceStart) * (AFTER_SECOND - OPEN_SECOND);
      case AFTER ->
          AFTER_SECOND
              + (END_SECOND - AFTER_SECOND) * (inCycle - openMillis) / Math.max(1, afterMillis);
      case CLOSED -> END_SECOND;
      case PRE_OPEN ->
          OPEN_SECOND
              - (OPEN_SECOND - PRE_OPEN_SECOND) * (cycle() - inCycle) / Math.max(1, preOpenMillis);
    };
  }
}
