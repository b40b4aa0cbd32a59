package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Arrival;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongFunction;

/**
 * Hands what one connection receives to the inbox, in order and many at a time. While that is full,
 * what has been read already is held here, and nothing more is read. Thread-safe: the thread of the
 * channel adds to it, and the one of the feed goes on with it.
 */
final class Intake {

  private static final int BATCH = 128;

  private final Connection connection;
  private final Inbox inbox;
  private final Queue<LongFunction<Arrival>> held = new ArrayDeque<>();
  private boolean waiting;

  Intake(Connection connection, Inbox inbox) {
    this.connection = connection;
    this.inbox = inbox;
  }

  /** Takes something that is handed over at the end of the batch. */
  synchronized void take(LongFunction<Arrival> arrival) {
    held.add(arrival);
    if (held.size() >= BATCH) {
      endBatch();
    }
  }

  /** Takes something that comes once, which need not wait for room behind nothing. */
  synchronized void takeOnce(LongFunction<Arrival> arrival) {
    if (held.isEmpty()) {
      inbox.add(connection, arrival);
    } else {
      held.add(arrival);
      endBatch();
    }
  }

  /** All that could be read now has been taken. */
  synchronized void endBatch() {
    if (!waiting && !inbox.offer(connection, held, this::goOn)) {
      waiting = true;
      connection.readOn(false);
    }
  }

  /** There is room in the inbox, or nothing of the connection goes there any more. */
  synchronized void goOn() {
    waiting = false;
    endBatch();
    if (!waiting) {
      connection.readOn(true);
    }
  }
}
