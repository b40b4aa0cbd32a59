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

    @Override
    public void onHeld(Fence fence) {
      tell(() -> listener.onHeld(fence));
    }

    @Override
    public void onLost() {
      tell(listener::onLost);
    }

    @Override
    public void onWaiting(String holder) {
      tell(() -> listener.onWaiting(holder));
    }

    @Override
    public void onRefused(String reason) {
      tell(() -> listener.onRefused(reason));
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
