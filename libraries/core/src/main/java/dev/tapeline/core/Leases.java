package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Leases, each held by one node at a time. A holder may rely on a lease for its time to live from
 * the last renewal, and no longer; a {@link Fence} protects what two nodes must not both do.
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

  /** The state of leases, in the given order; a lease that was never held has no token. */
  CompletionStage<List<Standing>> look(List<String> leases);

  /**
   * The holder and state of a lease. Times are epoch milliseconds UTC by the clock of the server
   * that grants it.
   *
   * @param holder null if nobody has it
   * @param token of the present holder, or of the last one; 0 if there was none
   * @param since when that holder got it; 0 if there was none
   * @param until when it ends unless it is renewed; 0 without a holder, or if it has no end
   */
  record Standing(String lease, @Nullable String holder, long token, long since, long until) {}

  /** An open claim to a lease. */
  interface Claim extends AutoCloseable {

    /**
     * Whether it is held at this moment, by this node's own clock: a holder that was suspended past
     * its time learns here first that it has lost the lease.
     */
    boolean isHeld();

    /** Releases the lease, if it is held, so that another node can have it at once. */
    @Override
    void close();
  }

  /** Receives the changes of a claim: one call at a time, in order. Must not block. */
  interface Listener {

    /**
     * The lease is granted to this claim. It must not be used before {@link #onHeld}, which follows
     * once former holders are fenced off. May come again for the same fence.
     */
    default void onGranted(Fence fence) {}

    void onHeld(Fence fence);

    /** The lease is not held any more: it could not be renewed in time, or another node has it. */
    void onLost();

    /**
     * No node can have the lease, for this reason; told when that begins, and ends with {@link
     * #onHeld} or {@link #onWaiting}.
     */
    default void onRefused(String reason) {}

    /**
     * The node of this name holds the lease; told once for each such holder, and again after the
     * lease could not be read.
     */
    default void onWaiting(String holder) {}
  }
}
