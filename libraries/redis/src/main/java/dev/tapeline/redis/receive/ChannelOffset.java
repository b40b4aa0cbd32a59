package dev.tapeline.redis.receive;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a durable channel has been delivered. Outlives the connection. Owned by the thread that
 * delivers.
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

  /** Whether what was missed is being read, so that what comes meanwhile is in there too. */
  boolean isBehind() {
    return behind;
  }

  void fallBehind() {
    behind = true;
  }

  /** Nothing is being read any more; returns what waited for that. */
  List<Runnable> catchUp() {
    behind = false;
    List<Runnable> due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }

  /** Runs the task when nothing is being read, which may be now. */
  void whenEven(Runnable task) {
    if (behind) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  /** Forgets what the last connection was asked. */
  void reset() {
    behind = false;
    waiting.clear();
  }
}
