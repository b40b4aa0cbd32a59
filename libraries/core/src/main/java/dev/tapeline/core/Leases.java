package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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

  /** How leases stand, in the given order; one that was never held has no token. */
  CompletionStage<List<Standing>> look(List<String> leases);

  /**
   * Who holds a lease. Times are epoch milliseconds UTC by the clock of who grants it.
   *
   * @param holder null if nobody has it
   * @param token of the present holder, or of the last one; 0 if there was none
   * @param since when that holder got it; 0 if there was none
   * @param until when it ends unless it is renewed; 0 without a holder, or if it has no end
   */
  record Standing(String lease, @Nullable String holder, long token, long since, long until) {}

  /** An ongoing wish for a lease. */
  interface Claim extends AutoCloseable {

    /**
     * Whether it is held at this moment, by this node's own clock: a holder that was frozen past
     * its time is told so here before anything else.
     */
    boolean isHeld();

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

    /**
     * The lease can't be had, by nobody, for this reason; told when it begins, and ends with {@link
     * #onHeld} or {@link #onWaiting}.
     */
    default void onRefused(String reason) {}

    /**
     * Another node holds it, by this name; told once for each such holder, and again after it could
     * not be asked.
     */
    default void onWaiting(String holder) {}
  }
}
