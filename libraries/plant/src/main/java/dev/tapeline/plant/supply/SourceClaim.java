package dev.tapeline.plant.supply;

import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of a source to its lease. Once given up, it can be made again, at once or after a
 * pause; what an earlier claim still tells is dropped. Owned by the source's thread, on which it
 * calls the listener.
 */
final class SourceClaim {

  /** How long an earlier claim of this node may have the lease, renewed once by a late call. */
  private static final long OWN_MILLIS = Supply.TIME_TO_LIVE.multipliedBy(2).toMillis();

  private static final Logger log = LoggerFactory.getLogger(SourceClaim.class);

  private final Leases leases;
  private final String lease;
  private final String node;
  private final ScheduledExecutorService thread;
  private final Leases.Listener listener;
  private @Nullable Attempt attempt;
  private Leases.@Nullable Claim claim;
  private @Nullable Future<?> next;

  SourceClaim(
      Leases leases,
      String lease,
      String node,
      ScheduledExecutorService thread,
      Leases.Listener listener) {
    this.leases = leases;
    this.lease = lease;
    this.node = node;
    this.thread = thread;
    this.listener = listener;
  }

  /** Makes the claim, in place of an earlier one. */
  void make() {
    giveUp();
    Attempt newest = new Attempt();
    attempt = newest;
    claim = leases.claim(lease, node, Supply.TIME_TO_LIVE, newest);
  }

  /** Gives the claim up now, and makes it again after a pause. */
  void makeAgain(long millis) {
    giveUp();
    next = thread.schedule(this::make, millis, TimeUnit.MILLISECONDS);
  }

  /** Gives the claim up, and with it the lease. */
  void giveUp() {
    attempt = null;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
    if (claim != null) {
      claim.close();
      claim = null;
    }
  }

  /** The claim that is open; null while there is none. */
  Leases.@Nullable Claim open() {
    return claim;
  }

  /** One claim, whose changes are passed on while it is the present one. */
  private final class Attempt implements Leases.Listener {

    private @Nullable String waitsFor;

    @Override
    public void onHeld(Fence fence) {
      tell(() -> {
        waitsFor = null;
        listener.onHeld(fence);
      });
    }

    @Override
    public void onLost() {
      tell(listener::onLost);
    }

    @Override
    public void onWaiting(String holder) {
      tell(() -> await(holder));
    }

    @Override
    public void onRefused(String reason) {
      tell(() -> listener.onRefused(reason));
    }

    /**
     * Passes on who has the lease, unless it is an earlier claim of this node, which ends soon. It
     * is another process with the node's name if it is still there later.
     */
    private void await(String holder) {
      waitsFor = holder;
      if (holder.equals(node)) {
        var _ =
            thread.schedule(() -> tell(this::waitedForItself), OWN_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        listener.onWaiting(holder);
      }
    }

    private void waitedForItself() {
      if (node.equals(waitsFor)) {
        listener.onWaiting(node);
      }
    }

    private void tell(Runnable news) {
      try {
        thread.execute(() -> {
          if (this == attempt) {
            news.run();
          }
        });
      } catch (RejectedExecutionException e) {
        log.debug("{} has ended", lease, e);
      }
    }
  }
}
