package dev.tapeline.hub.lane;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of one lane that did not take all that was written to them, and those that are set
 * back: looks at them from time to time, and at no others. Owned by the lane.
 */
final class SlowClients {

  private static final int LOOKS_A_STEP = 10;
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Lane lane;
  private final long lookNanos;
  private final Set<Session> sessions = new LinkedHashSet<>();
  private boolean scheduled;

  /**
   * @param stepNanos how long a client is behind before it is set back
   */
  SlowClients(Lane lane, long stepNanos) {
    this.lane = lane;
    this.lookNanos = Math.min(stepNanos / LOOKS_A_STEP, MOST_NANOS);
  }

  void add(Session session) {
    sessions.add(session);
    if (!scheduled) {
      scheduled = true;
      lane.schedule(this::look, lookNanos);
    }
  }

  void remove(Session session) {
    sessions.remove(session);
  }

  private void look() {
    Queue<Session> left = new ArrayDeque<>(sessions);
    lane.add(() -> lookAtNext(left));
  }

  /** Whether there are more. */
  private boolean lookAtNext(Queue<Session> left) {
    Session next = left.poll();
    if (next != null) {
      if (!next.look(System.nanoTime())) {
        sessions.remove(next);
      }
      return true;
    }
    scheduled = !sessions.isEmpty();
    if (scheduled) {
      lane.schedule(this::look, lookNanos);
    }
    return false;
  }
}
