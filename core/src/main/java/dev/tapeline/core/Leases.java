package dev.tapeline.core;

import java.time.Duration;

/**
 * Roles that one node at a time may have. Who is granted one knows it for the time to live at most
 * from its last renewal; a {@link Fence} protects what must not be done by two.
 */
public interface Leases {

  /**
   * Tries to get the lease, again and again, and keeps it renewed once it has it, until the claim
   * is closed.
   *
   * @param holder the node's name, for others to read
   * @param timeToLive how long the lease outlives its holder
   */
  Claim claim(String lease, String holder, Duration timeToLive, Listener listener);

  /** An ongoing wish for a lease. */
  interface Claim extends AutoCloseable {

    /** Gives the lease up, if it is held, so that another node has it at once. */
    @Override
    void close();
  }

  /** Hears what becomes of a claim: one call at a time, in order, never blocking. */
  interface Listener {

    /**
     * It is this claim's, and {@link #onHeld} follows once former holders are fenced off; nothing
     * may be done by it yet. May come again for the same fence.
     */
    default void onGranted(Fence fence) {}

    void onHeld(Fence fence);

    /** It is not held any more: it could not be renewed in time, or someone else has it. */
    void onLost();
  }
}
