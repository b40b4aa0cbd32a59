package dev.tapeline.plant.supply;

import org.jspecify.annotations.Nullable;

/** Who else runs a feed, and why nobody does. Owned by one thread. */
final class Vacancy {

  private @Nullable String holder;
  private @Nullable String refusal;
  private @Nullable String failure;

  /** This node has the lease. */
  void filled() {
    holder = null;
    refusal = null;
  }

  void filledBy(String other) {
    holder = other;
    refusal = null;
  }

  /** Nobody can have the lease. */
  void refused(String reason) {
    refusal = reason;
  }

  /** It is claimed anew: who has it is not known. */
  void forgetHolder() {
    holder = null;
  }

  /** The feed can't start here, for this reason; null if it has started. */
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

  /** Why nobody runs the feed, if this node does not; null if somebody may. */
  @Nullable String problem() {
    if (holder != null) {
      return null;
    }
    return failure == null && refusal != null ? "Redis refuses its lease: " + refusal : failure;
  }
}
