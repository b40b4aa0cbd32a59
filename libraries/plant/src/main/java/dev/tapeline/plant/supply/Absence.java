package dev.tapeline.plant.supply;

import java.time.Duration;

/**
 * How long Redis has been away for a source, and how long a run has gone on without the right to.
 * Owned by the source's thread.
 */
final class Absence {

  /** How long Redis is away before a node that stood by begins to run the feed for itself. */
  private static final long ALONE_AFTER_NANOS = Supply.TIME_TO_LIVE.toNanos();

  /** How long a run waits for the lease when Redis is back, or to hear that Redis is away. */
  private static final long GRACE_NANOS = Duration.ofMillis(1_500).toNanos();

  private long lastUp;
  private long lastAllowed;

  Absence(long now) {
    lastUp = now;
    lastAllowed = now;
  }

  /** Notes that Redis grants leases. */
  void up(long now) {
    lastUp = now;
  }

  /** Notes that the run has the lease, or needs none while Redis is away. */
  void allowed(long now) {
    lastAllowed = now;
  }

  /** Whether Redis is away long enough for a node to run the feed for itself. */
  boolean isLong(long now) {
    return now - lastUp > ALONE_AFTER_NANOS;
  }

  /** Whether a run without the lease has to end. */
  boolean isOverdue(long now) {
    return now - lastAllowed > GRACE_NANOS;
  }
}
