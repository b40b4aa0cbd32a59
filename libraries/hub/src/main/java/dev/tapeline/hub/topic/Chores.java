package dev.tapeline.hub.topic;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Long tasks of a lane, in short steps: a round does some steps of each in turn, for a bounded
 * time, so that sockets are served in between. Any thread adds; the lane's thread does them.
 */
public final class Chores {

  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Queue<Chore> waiting = new ConcurrentLinkedQueue<>();

  /** A task in short steps. */
  public interface Chore {

    /** Does one step; returns whether there are more. */
    boolean step();
  }

  public void add(Chore chore) {
    waiting.add(chore);
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  public void doSome() {
    long start = System.nanoTime();
    do {
      Chore chore = waiting.poll();
      if (chore == null) {
        return;
      }
      boolean more = chore.step();
      while (more && hasTime(start)) {
        more = chore.step();
      }
      if (more) {
        waiting.add(chore);
      }
    } while (hasTime(start));
  }

  private static boolean hasTime(long start) {
    return System.nanoTime() - start < TURN_NANOS;
  }
}
