package dev.tapeline.core;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The logs of all durable channels. A log numbers the publications of its channel and keeps the
 * newest of them, within {@link LogBounds}; its epoch changes whenever it may have lost something.
 *
 * <p>All methods may be called from any thread and none blocks. Their stages complete exceptionally
 * when the log can't be reached; what was to be appended may then have been logged or not.
 */
public interface ChannelLog {

  /** Whether the channel has a log. */
  boolean keeps(String channel);

  /**
   * Logs and broadcasts in the given order, within each channel.
   *
   * @param appends all on channels that have a log
   * @return what became of each, in the given order
   */
  CompletionStage<List<Append.Result>> append(List<Append> appends);

  /**
   * Reads what was published after a number of the current epoch, as far as the log still has it.
   *
   * @param limit publications at most, the oldest first
   */
  CompletionStage<Extract> read(String channel, long after, int limit);

  /**
   * Reads what was logged at an instant or later.
   *
   * @param millis epoch milliseconds UTC, of the log's clock
   * @param limit publications at most, the oldest first
   */
  CompletionStage<Extract> readSince(String channel, long millis, int limit);

  /**
   * A part of a log, without holes.
   *
   * @param top where the channel stood at that moment
   * @param oldest the lowest number that the log still had; {@code top.seq() + 1} if it was empty
   */
  record Extract(Position top, long oldest, List<Entry> entries) {

    public Extract {
      entries = List.copyOf(entries);
    }

    /** Whether this part continues the position without a gap. */
    public boolean isWholeAfter(Position held) {
      return held.epoch().equals(top.epoch())
          && held.seq() <= top.seq()
          && held.seq() + 1 >= oldest;
    }
  }

  /**
   * A publication in the log, with its position.
   *
   * @param millis when it was logged, epoch milliseconds UTC; never less than the one before
   */
  record Entry(Publication publication, long millis) {}
}
