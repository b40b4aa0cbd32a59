package dev.tapeline.store.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are not stored yet: up to a number of ticks, as many others, and a number of bytes
 * of chains, so that none of these crowds out the others. Any thread adds and never waits; one
 * thread takes.
 */
final class WaitingRows {

  /** From so many bytes of chains on, a batch takes no further row. */
  private static final int FULL_BYTES = 4 << 20;

  private final Queue<HistoryRow> rows = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Room ticks;
  private final Room chains;
  private final Room others;

  /** The room for rows of one kind: how much of it is taken, and how many rows found none. */
  private static final class Room {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private Room(long limit) {
      this.limit = limit;
    }

    private boolean take(long weight) {
      if (taken.addAndGet(weight) <= limit) {
        return true;
      }
      taken.addAndGet(-weight);
      dropped.incrementAndGet();
      return false;
    }
  }

  /**
   * @param limit how many ticks, and how many others
   * @param chainBytes the bytes of all snapshots of chains together
   */
  WaitingRows(int limit, long chainBytes) {
    this.ticks = new Room(limit);
    this.chains = new Room(chainBytes);
    this.others = new Room(limit);
  }

  private Room roomOf(HistoryRow row) {
    return switch (row) {
      case HistoryRow.OfTick _ -> ticks;
      case HistoryRow.OfChain _ -> chains;
      case HistoryRow.OfBar _, HistoryRow.OfFigure _ -> others;
    };
  }

  private static long weightOf(HistoryRow row) {
    return row instanceof HistoryRow.OfChain chain ? chain.json().length : 1;
  }

  /** Adds a row if there is room, and counts it otherwise. */
  void add(HistoryRow row) {
    if (roomOf(row).take(weightOf(row))) {
      size.incrementAndGet();
      rows.add(row);
    }
  }

  /**
   * Moves the oldest rows to the list until it has so many, or megabytes of chains; they still
   * count as waiting.
   */
  void moveTo(List<HistoryRow> batch, int most) {
    long weight = batch.stream().mapToLong(WaitingRows::weightOf).sum();
    while (batch.size() < most && weight < FULL_BYTES) {
      @Nullable HistoryRow row = rows.poll();
      if (row == null) {
        return;
      }
      batch.add(row);
      weight += weightOf(row);
    }
  }

  /** These rows no longer wait. */
  void settled(List<HistoryRow> batch) {
    for (HistoryRow row : batch) {
      roomOf(row).taken.addAndGet(-weightOf(row));
    }
    size.addAndGet(-batch.size());
  }

  /** The number of rows that wait. */
  int size() {
    return size.get();
  }

  /** The number of ticks that found no room. */
  long droppedTicks() {
    return ticks.dropped.get();
  }

  /** The number of snapshots of chains that found no room. */
  long droppedChains() {
    return chains.dropped.get();
  }

  /** The number of other rows that found no room. */
  long droppedOthers() {
    return others.dropped.get();
  }
}
