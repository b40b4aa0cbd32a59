package dev.tapeline.hub.topic;

import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest position of a durable channel's log, which may be ahead of this node. Requests that
 * come at about the same time share one read.
 *
 * <p>Safe for all threads; lanes ask, and the log's thread brings the answers.
 */
final class LogTop {

  private final String channel;
  private final ChannelLog log;
  private final HubCounters counters;
  private final List<Runnable> waiters = new ArrayList<>(0);
  private boolean asking;
  private @Nullable Position top;

  /** When the read began that {@link #top} is from, on the monotonic clock. */
  private long topNanos;

  LogTop(String channel, ChannelLog log, HubCounters counters) {
    this.channel = channel;
    this.log = log;
    this.counters = counters;
  }

  /** What is known about a position. */
  enum Reach {
    /** The log has come to it. */
    REACHED,
    /** The position is of another epoch, or beyond the newest number. */
    NOT_REACHED,
    /** The log is being asked. After that the caller's task runs, to ask again. */
    WAITING
  }

  /**
   * Tells whether the log has come to a position, or asks the log.
   *
   * @param nanos when the client named the position: an older answer can't tell that it is not
   *     reached
   * @param timer keeps the time
   * @param whenKnown called, on any thread, after {@link Reach#WAITING}
   */
  synchronized Reach ask(Position held, long nanos, Timer timer, Runnable whenKnown) {
    Position known = top;
    if (known != null && known.epoch().equals(held.epoch()) && known.seq() >= held.seq()) {
      return Reach.REACHED;
    }
    if (known != null && topNanos - nanos >= 0) {
      return Reach.NOT_REACHED;
    }
    if (waiters.isEmpty() && !asking) {
      timer.schedule(() -> read(timer), Backlog.GATHERING_NANOS);
    }
    waiters.add(whenKnown);
    return Reach.WAITING;
  }

  private void read(Timer timer) {
    List<Runnable> before = takeWaiters(true);
    long nanos = System.nanoTime();
    counters.logReads.increment();
    var _ =
        log.read(channel, 0, 0)
            .whenComplete((extract, error) -> {
              if (extract == null) {
                timer.schedule(() -> answer(before), Backlog.RETRY_NANOS);
              } else {
                learn(extract.top(), nanos);
                answer(before);
              }
            });
  }

  /** Calls those that asked, and those that came during the read: the answer may serve them too. */
  private void answer(List<Runnable> before) {
    List<Runnable> meanwhile = takeWaiters(false);
    before.forEach(Runnable::run);
    meanwhile.forEach(Runnable::run);
  }

  private synchronized List<Runnable> takeWaiters(boolean toAsk) {
    asking = toAsk;
    List<Runnable> taken = List.copyOf(waiters);
    waiters.clear();
    return taken;
  }

  private synchronized void learn(Position newest, long nanos) {
    if (top == null || nanos - topNanos >= 0) {
      top = newest;
      topNanos = nanos;
    }
  }

  /** Another epoch has begun. */
  synchronized void forget() {
    top = null;
  }
}
