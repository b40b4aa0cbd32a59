package dev.tapeline.hub.slow;

import dev.tapeline.hub.topic.Chores;
import dev.tapeline.hub.topic.Timer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The clients of one lane that are blocked or on a lower tier. Only these are checked from time to
 * time. Owned by the lane.
 */
public final class SlowClients {

  private static final int LOOKS_A_STEP = 10;
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Timer timer;
  private final Consumer<Chores.Chore> chores;
  private final long lookNanos;
  private final Set<SlowClient> clients = new LinkedHashSet<>();
  private boolean scheduled;

  /**
   * @param chores does what may take long, on the lane
   * @param stepNanos how long a client is behind before it is set back
   */
  public SlowClients(Timer timer, Consumer<Chores.Chore> chores, long stepNanos) {
    this.timer = timer;
    this.chores = chores;
    this.lookNanos = Math.min(stepNanos / LOOKS_A_STEP, MOST_NANOS);
  }

  public void add(SlowClient client) {
    clients.add(client);
    if (!scheduled) {
      scheduled = true;
      timer.schedule(this::look, lookNanos);
    }
  }

  public void remove(SlowClient client) {
    client.end();
    clients.remove(client);
  }

  private void look() {
    Queue<SlowClient> left = new ArrayDeque<>(clients);
    chores.accept(() -> lookAtNext(left));
  }

  /** Looks at one client; returns whether there are more. */
  private boolean lookAtNext(Queue<SlowClient> left) {
    SlowClient next = left.poll();
    if (next != null) {
      if (next.look(System.nanoTime()) == SlowClient.Watch.DONE) {
        clients.remove(next);
      }
      return true;
    }
    scheduled = !clients.isEmpty();
    if (scheduled) {
      timer.schedule(this::look, lookNanos);
    }
    return false;
  }
}
