package dev.tapeline.plant.supply;

import org.jspecify.annotations.Nullable;

/** Notes which other node runs a feed, or why none does. Owned by one thread. */
final class Vacancy {

  private @Nullable String holder;
  private @Nullable String refusal;
  private @Nullable String failure;

  /** Notes that this node has the lease. */
  void filled() {
    holder = null;
    refusal = null;
  }

  void filledBy(String other) {
    holder = other;
    refusal = null;
  }

  /** Notes that no node can have the lease. */
  void refused(String reason) {
    refusal = reason;
  }

  /** Forgets the holder, because the lease is claimed again. */
  void forgetHolder() {
    holder = null;
  }

  /**
   * Notes which other node has the lease while this one has no claim to it.
   *
   * @param other null if no node has it
   * @return whether it has just become vacant
   */
  boolean heard(@Nullable String other) {
    boolean isLeft = holder != null && other == null;
    holder = other;
    return isLeft;
  }

  /** Notes why the feed can't start here; null if it has started. */
  void failed(@Nullable String reason) {
    failure = reason;
  }

  boolean isRefused() {
    return refusal != null;
  }

  /** The other node that has the lease, as far as it is known. */
  @Nullable String holder() {
    return holder;
  }

  /** Why no node runs the feed, if this node does not; null if another node may. */
  @Nullable String problem() {
    if (holder != null) {
      return null;
    }
    return failure == null && refusal != null ? "Redis refuses its lease: " + refusal : failure;
  }
}
