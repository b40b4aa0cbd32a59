package dev.tapeline.hub.ring;

import dev.tapeline.core.Position;
import dev.tapeline.hub.message.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A contiguous part of a durable channel's log, read because the ring no longer has it: its
 * messages, and their frames in each encoding that is read. Guarded by the backlog's lock.
 */
public final class LogRange {

  private final String channel;
  private final String epoch;
  private final List<Message> messages;
  private final RingBudget budget;
  private final List<FrameLog> logs = new ArrayList<>(1);
  private int readers;
  private long usedNanos;

  /**
   * @param messages contiguous, at least one
   */
  public LogRange(
      String channel, String epoch, List<Message> messages, RingBudget budget, long nanos) {
    this.channel = channel;
    this.epoch = epoch;
    this.messages = messages;
    this.budget = budget.withoutRingBound();
    this.usedNanos = nanos;
  }

  private long first() {
    return messages.getFirst().seq();
  }

  private long last() {
    return messages.getLast().seq();
  }

  /** Whether the range has what follows the position. */
  public boolean continues(Position held) {
    return held.epoch().equals(epoch) && held.seq() + 1 >= first() && held.seq() < last();
  }

  /** Whether the range has all that follows the position, at least up to this number. */
  public boolean completes(Position held, long number) {
    return continues(held) && last() >= number;
  }

  public FrameLog.Place placeAfter(long seq, Encoding encoding) {
    return log(encoding).before(seq + 1);
  }

  private FrameLog log(Encoding encoding) {
    for (FrameLog log : logs) {
      if (log.encoding().equals(encoding)) {
        return log;
      }
    }
    FrameLog log = new FrameLog(encoding, channel, first() - 1, budget);
    messages.forEach(log::append);
    logs.add(log);
    return log;
  }

  public void enter() {
    readers++;
  }

  public void leave(long nanos) {
    readers--;
    usedNanos = nanos;
  }

  /** Whether nobody has read it for a time. */
  public boolean isIdle(long nanos, long idleNanos) {
    return readers == 0 && nanos - usedNanos >= idleNanos;
  }

  /** Frees its frames; a reader that is still there looks for its place again. */
  public void clear() {
    logs.forEach(FrameLog::clear);
  }
}
