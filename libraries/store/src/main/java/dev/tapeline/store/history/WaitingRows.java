package dev.tapeline.store.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are not stored yet, up to a number of ticks and as many others, so that ticks never
 * crowd out bars. Any thread adds and never waits; one thread takes.
 */
final class WaitingRows {

  private final int limit;
  private final Queue<HistoryRow> rows = new ConcurrentLinkedQueue<>();
  private final Room ticks = new Room();
  private final Room others = new Room();

  /** The room for rows of one kind: how many wait, and how many found no room. */
  private static final class Room {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
  }

  WaitingRows(int limit) {
    this.limit = limit;
  }

  private Room roomOf(HistoryRow row) {
    return row instanceof HistoryRow.OfTick ? ticks : others;
  }

  /** Adds a row if there is room, and counts it otherwise. */
  void add(HistoryRow row) {
    Room room = roomOf(row);
    if (room.waiting.incrementAndGet() > limit) {
      room.waiting.decrementAndGet();
      room.dropped.incrementAndGet();
      return;
    }
    rows.add(row);
  }

  /** Moves the oldest rows to the list until it has so many; they still count as waiting. */
  void moveTo(List<HistoryRow> batch, int size) {
    while (batch.size() < size) {
      @Nullable HistoryRow row = rows.poll();
      if (row == null) {
        return;
      }
      batch.add(row);
    }
  }

  /** These rows no longer wait. */
  void settled(List<HistoryRow> batch) {
    for (HistoryRow row : batch) {
      roomOf(row).waiting.decrementAndGet();
    }
  }

  /** The number of rows that wait. */
  int size() {
    return ticks.waiting.get() + others.waiting.get();
  }

  /** The number of ticks that found no room. */
  long droppedTicks() {
    return ticks.dropped.get();
  }

  /** The number of other rows that found no room. */
  long droppedOthers() {
    return others.dropped.get();
  }
}
