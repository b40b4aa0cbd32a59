package dev.tapeline.feed.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of an account one after the other, in the order in which their delays are
 * over. Its thread is {@code sockets-} and the name of the feed.
 */
final class Opener {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Opening> openings = new ArrayList<>();
  private final Thread thread;
  private boolean closed;

  /**
   * A connection to open.
   *
   * @param predecessor done when there is no connection of this socket any more
   * @param due by {@link System#nanoTime}
   */
  private record Opening(Connection connection, CompletableFuture<Void> predecessor, long due) {}

  Opener(String feed) {
    thread = Thread.ofPlatform().name("sockets-" + feed).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(Connection connection, CompletableFuture<Void> predecessor, long due) {
    lock.lock();
    try {
      openings.add(new Opening(connection, predecessor, due));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a connection that has been dropped. */
  void remove(Connection connection) {
    lock.lock();
    try {
      openings.removeIf(opening -> opening.connection.equals(connection));
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Opening next = take(); next != null; next = take()) {
      next.predecessor.join(); // it is cut when its time to close is over
      if (!next.connection.isDropped()) {
        next.connection.open();
      }
    }
  }

  /** Waits for the next opening that is due; null if there will be none. */
  private @Nullable Opening take() {
    lock.lock();
    try {
      while (!closed) {
        Opening first = first();
        long wait = first == null ? Long.MAX_VALUE : first.due - System.nanoTime();
        if (first != null && wait <= 0) {
          openings.remove(first);
          return first;
        }
        changed.awaitNanos(wait);
      }
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Opening first() {
    return openings.stream()
        .min(Comparator.comparingLong(opening -> opening.due - System.nanoTime()))
        .orElse(null);
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      openings.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
