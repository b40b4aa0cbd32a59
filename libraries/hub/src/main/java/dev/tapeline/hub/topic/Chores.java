package dev.tapeline.hub.topic;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a lane has to do that may take long: one short step of each in turn, and only as much in a
 * round as leaves time for its sockets. Anyone adds; the lane does.
 */
public final class Chores {

  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Queue<Chore> waiting = new ConcurrentLinkedQueue<>();

  /** Something in short steps. */
  public interface Chore {

    /** Does a step of it; whether there is more. */
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
