package dev.tapeline.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The leases within one process, where no holder can be cut off: a lease is granted at once, or
 * when the claims before have been closed, in their order, and never lost. Listeners are called by
 * the thread that claims or closes, before its call returns, one at a time.
 */
public final class EmbeddedLeases implements Leases {

  /** The open claims by lease; the first one holds it. */
  private final Map<String, Deque<Waiting>> claims = new HashMap<>();

  private long token;

  /** A claim; no two are equal. */
  private static final class Waiting {

    private final String lease;
    private final Listener listener;

    private Waiting(String lease, Listener listener) {
      this.lease = lease;
      this.listener = listener;
    }
  }

  @Override
  public synchronized Claim claim(
      String lease, String holder, Duration timeToLive, Listener listener) {
    Channel.of(lease); // the same rules
    Waiting waiting = new Waiting(lease, listener);
    Deque<Waiting> queue = claims.computeIfAbsent(lease, _ -> new ArrayDeque<>(1));
    queue.add(waiting);
    if (queue.size() == 1) {
      grant(waiting);
    }
    return () -> close(waiting);
  }

  private void grant(Waiting waiting) {
    Fence fence = new Fence(waiting.lease, ++token);
    waiting.listener.onGranted(fence);
    waiting.listener.onHeld(fence);
  }

  private synchronized void close(Waiting closed) {
    Deque<Waiting> queue = claims.get(closed.lease);
    if (queue == null) {
      return;
    }
    boolean held = closed.equals(queue.getFirst());
    queue.remove(closed);
    if (queue.isEmpty()) {
      claims.remove(closed.lease);
    } else if (held) {
      grant(queue.getFirst());
    }
  }
}
