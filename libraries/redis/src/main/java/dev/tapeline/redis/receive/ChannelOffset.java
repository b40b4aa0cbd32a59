package dev.tapeline.redis.receive;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The position up to which a durable channel has been delivered. Outlives the connection. Owned by
 * the thread that delivers.
 */
final class ChannelOffset {

  private final String channel;
  private String epoch;
  private long seq;
  private boolean behind;
  private final List<Runnable> waiting = new ArrayList<>();

  ChannelOffset(String channel, String epoch, long seq) {
    this.channel = channel;
    this.epoch = epoch;
    this.seq = seq;
  }

  String channel() {
    return channel;
  }

  String epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  Position position() {
    return new Position(epoch, seq);
  }

  void move(String newEpoch, long newSeq) {
    epoch = newEpoch;
    seq = newSeq;
  }

  void move(Position to) {
    move(to.epoch(), to.seq());
  }

  /**
   * Whether missed publications are being read. The answer will include those that come meanwhile.
   */
  boolean isBehind() {
    return behind;
  }

  void fallBehind() {
    behind = true;
  }

  /** Ends the reading. Returns the tasks that waited for that. */
  List<Runnable> catchUp() {
    behind = false;
    List<Runnable> due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }

  /** Runs the task once nothing is being read, which may be now. */
  void whenEven(Runnable task) {
    if (behind) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  /** Forgets the questions that the last connection was asked. */
  void reset() {
    behind = false;
    waiting.clear();
  }
}
