package dev.tapeline.embedded;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The leases within one process, where no holder can be cut off. A lease is granted at once, or
 * when the earlier claims have been closed, in their order. It is never lost. The thread that
 * claims or closes calls the listeners before its call returns, one at a time.
 */
public final class EmbeddedLeases implements Leases {

  private final LongSupplier clock;

  /** The open claims by lease; the first one holds it. */
  private final Map<String, Deque<Waiting>> claims = new HashMap<>();

  private long token;

  /**
   * @param clock epoch milliseconds UTC
   */
  public EmbeddedLeases(LongSupplier clock) {
    this.clock = clock;
  }

  /** A claim; no two are equal. */
  private final class Waiting implements Claim {

    private final String lease;
    private final String holder;
    private final Listener listener;
    private long granted;
    private long since;
    private volatile boolean held;

    private Waiting(String lease, String holder, Listener listener) {
      this.lease = lease;
      this.holder = holder;
      this.listener = listener;
    }

    private void grant() {
      granted = ++token;
      since = clock.getAsLong();
      held = true;
      Fence fence = new Fence(lease, granted);
      listener.onGranted(fence);
      listener.onHeld(fence);
    }

    private Standing standing() {
      return new Standing(lease, holder, granted, since, 0);
    }

    @Override
    public boolean isHeld() {
      return held;
    }

    @Override
    public void close() {
      EmbeddedLeases.this.close(this);
    }
  }

  @Override
  public synchronized Claim claim(
      String lease, String holder, Duration timeToLive, Listener listener) {
    Channel.of(lease); // the same rules
    Waiting waiting = new Waiting(lease, holder, listener);
    Deque<Waiting> queue = claims.computeIfAbsent(lease, _ -> new ArrayDeque<>(1));
    queue.add(waiting);
    if (queue.size() == 1) {
      waiting.grant();
    } else {
      listener.onWaiting(queue.getFirst().holder);
    }
    return waiting;
  }

  @Override
  public synchronized CompletionStage<List<Standing>> look(List<String> leases) {
    return CompletableFuture.completedFuture(leases.stream().map(this::standing).toList());
  }

  private Standing standing(String lease) {
    Deque<Waiting> queue = claims.get(lease);
    return queue == null ? new Standing(lease, null, 0, 0, 0) : queue.getFirst().standing();
  }

  private synchronized void close(Waiting claim) {
    claim.held = false;
    Deque<Waiting> queue = claims.get(claim.lease);
    if (queue == null) {
      return;
    }
    boolean first = claim.equals(queue.getFirst());
    queue.remove(claim);
    if (queue.isEmpty()) {
      claims.remove(claim.lease);
    } else if (first) {
      queue.getFirst().grant();
    }
  }
}
