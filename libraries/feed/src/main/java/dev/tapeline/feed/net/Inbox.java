package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Arrival;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The arrivals that wait for the thread of a feed, from its sockets and calls, in one order. They
 * get their times here, so that the time of the inbox never goes back: it stands still while the
 * clock is behind it.
 *
 * <p>Nothing is dropped while the inbox is full: {@link #put} waits, and {@link #offer} takes
 * nothing, so that its socket is not read on. Thread-safe.
 */
final class Inbox {

  private static final long OVERHEAD = 64;

  private final InstantSource clock;
  private final int maxArrivals;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Entry> entries = new ArrayDeque<>();
  private final List<Runnable> refused = new ArrayList<>();
  private long bytes;
  private long time;
  private long waits;
  private int most;
  private boolean woken;
  private boolean closed;
  private @Nullable Thread drainer;

  /**
   * An arrival and where it is from.
   *
   * @param connection null for a call
   */
  record Entry(@Nullable Connection connection, Arrival arrival) {}

  Inbox(NetSettings settings, InstantSource clock) {
    this.clock = clock;
    this.maxArrivals = settings.inboxArrivals();
    this.maxBytes = settings.inboxBytes();
    this.time = clock.millis();
  }

  /** Adds what a call has received, after waiting for room. */
  void put(LongFunction<Arrival> arrival) {
    lock.lock();
    try {
      if (isFull() && !Thread.currentThread().equals(drainer)) {
        waits++;
        awaitRoom();
      }
      append(null, arrival);
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return !closed && (entries.size() >= maxArrivals || bytes >= maxBytes);
  }

  private void awaitRoom() {
    while (isFull()) {
      room.awaitUninterruptibly();
    }
  }

  /**
   * Moves what a connection has received here while there is room, and says whether that was all.
   *
   * @param onRoom runs once when there is room again, without a lock of the inbox
   */
  boolean offer(Connection connection, Queue<LongFunction<Arrival>> received, Runnable onRoom) {
    lock.lock();
    try {
      while (!received.isEmpty()) {
        if (isFull() && !connection.isDropped()) {
          waits++;
          refused.add(onRoom);
          return false;
        }
        append(connection, received.remove());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds something that comes once for a socket or a call, without waiting for room. */
  void add(@Nullable Connection connection, LongFunction<Arrival> arrival) {
    lock.lock();
    try {
      append(connection, arrival);
    } finally {
      lock.unlock();
    }
  }

  private void append(@Nullable Connection connection, LongFunction<Arrival> arrival) {
    if (closed || (connection != null && connection.isDropped())) {
      return;
    }
    Entry entry = new Entry(connection, arrival.apply(advance()));
    entries.add(entry);
    bytes += size(entry.arrival);
    most = Math.max(most, entries.size());
    if (entries.size() == 1) {
      arrived.signal();
    }
  }

  private long advance() {
    time = Math.max(time, clock.millis());
    return time;
  }

  private static long size(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Frame frame -> frame.payload().length + OVERHEAD;
      case Arrival.Answer answer -> answer.body().length + OVERHEAD;
      default -> OVERHEAD;
    };
  }

  /**
   * Waits a while for arrivals, and moves them to a list, so many at most. Only the thread of the
   * feed calls it.
   *
   * @return the time before which nothing arrives any more
   */
  long drain(List<Entry> batch, int max, long millis) {
    List<Runnable> freed = List.of();
    long reached;
    lock.lock();
    try {
      drainer = Thread.currentThread();
      awaitArrival(millis);
      boolean wasFull = isFull();
      long last = move(batch, max);
      if (wasFull && !isFull()) {
        freed = letGo();
      }
      reached = entries.isEmpty() ? advance() : last;
    } finally {
      lock.unlock();
    }
    freed.forEach(Runnable::run);
    return reached;
  }

  private List<Runnable> letGo() {
    room.signalAll();
    List<Runnable> freed = List.copyOf(refused);
    refused.clear();
    return freed;
  }

  private void awaitArrival(long millis) {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (entries.isEmpty() && !woken && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    woken = false;
  }

  private long move(List<Entry> batch, int max) {
    long last = time;
    while (batch.size() < max) {
      Entry entry = entries.poll();
      if (entry == null) {
        break;
      }
      bytes -= size(entry.arrival);
      last = entry.arrival.received();
      batch.add(entry);
    }
    return last;
  }

  /** Ends the wait of {@link #drain}. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more, and lets go all that wait. */
  void close() {
    List<Runnable> freed;
    lock.lock();
    try {
      closed = true;
      entries.clear();
      bytes = 0;
      woken = true;
      arrived.signal();
      freed = letGo();
    } finally {
      lock.unlock();
    }
    freed.forEach(Runnable::run);
  }

  /** The time that it has reached. */
  long now() {
    lock.lock();
    try {
      return advance();
    } finally {
      lock.unlock();
    }
  }

  /** The number of times that a socket or a call had to wait for room. */
  long waits() {
    lock.lock();
    try {
      return waits;
    } finally {
      lock.unlock();
    }
  }

  /** The greatest number of arrivals that have waited at once. */
  int most() {
    lock.lock();
    try {
      return most;
    } finally {
      lock.unlock();
    }
  }
}
