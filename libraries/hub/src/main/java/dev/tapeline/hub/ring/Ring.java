package dev.tapeline.hub.ring;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Position;
import dev.tapeline.hub.message.BarFold;
import dev.tapeline.hub.message.DeltaBase;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of a channel on this node: its newest message, and a log of frames for each encoding
 * that is read. Changed under the topic's lock; any thread may read the newest message.
 */
public final class Ring {

  private final String epoch;
  private final RingBudget budget;
  private final long start;
  private final List<FrameLog> logs = new ArrayList<>(2);
  private final @Nullable BarFold bars;

  /** The base of the next delta, while deltas have readers. */
  private @Nullable DeltaBase last;

  private volatile @Nullable Message newest;
  private volatile long head;
  private volatile long wholeAfter;

  /**
   * @param start the number before the first one that is appended
   */
  public Ring(String epoch, long start, ChannelKind kind, RingBudget budget) {
    this.epoch = epoch;
    this.start = start;
    this.head = start;
    this.wholeAfter = start;
    this.budget = budget;
    this.bars = kind == ChannelKind.BAR ? new BarFold() : null;
  }

  public String epoch() {
    return epoch;
  }

  /** The number of the newest message when this node came to the epoch; 0 on a plain channel. */
  public long start() {
    return start;
  }

  /** The number of the newest message of this epoch. */
  public long head() {
    return head;
  }

  /** Whether this is the position's epoch, and its number is here or was before. */
  public boolean hasReached(Position position) {
    return position.epoch().equals(epoch) && position.seq() <= head;
  }

  /** The number after which nothing is missing up to the head. */
  public long wholeAfter() {
    return wholeAfter;
  }

  /** The newest message; on a plain channel it may be from before the epoch, with the number 0. */
  public @Nullable Message newest() {
    return newest;
  }

  /**
   * The newest messages for a client in mode {@code latest} that has the numbers up to this one:
   * one, or several bars.
   */
  public List<Message> newestSince(long seq) {
    if (bars != null) {
      return bars.since(seq);
    }
    Message message = newest;
    return message == null || message.seq() <= seq ? List.of() : List.of(message);
  }

  public void append(Message message) {
    Patch patch = last == null ? null : last.next(message).orElse(null);
    for (FrameLog log : logs) {
      log.append(message, patch);
    }
    if (bars != null) {
      bars.add(message);
    }
    newest = message;
    if (message.seq() != head + 1) {
      wholeAfter = message.seq() - 1;
    }
    head = message.seq();
  }

  /**
   * Sets the value that the channel had before this node subscribed, unless there is a newer one.
   */
  public void begin(Message last) {
    if (newest == null) {
      newest = last;
    }
  }

  /** The log of an encoding, made if there is none; it then begins after the newest message. */
  public FrameLog log(Encoding encoding, String channel) {
    for (FrameLog log : logs) {
      if (log.encoding().equals(encoding)) {
        return log;
      }
    }
    if (encoding.envelope().isDelta() && last == null) {
      last = new DeltaBase(newest);
    }
    FrameLog log = new FrameLog(encoding, channel, head, budget);
    logs.add(log);
    return log;
  }

  public void remove(Encoding encoding) {
    logs.removeIf(log -> {
      if (log.encoding().equals(encoding)) {
        log.clear();
        return true;
      }
      return false;
    });
    if (logs.stream().noneMatch(log -> log.encoding().envelope().isDelta())) {
      last = null;
    }
  }

  public void clear() {
    logs.forEach(FrameLog::clear);
  }

  public long bytes() {
    long sum = 0;
    for (FrameLog log : logs) {
      sum += log.bytes();
    }
    return sum;
  }
}
