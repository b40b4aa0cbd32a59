package dev.tapeline.hub.topic;

import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Position;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.FrameLog;
import dev.tapeline.hub.ring.LogRange;
import dev.tapeline.hub.ring.RingBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a durable channel's log that readers need and the ring does not have. Readers share
 * reads: requests within the gathering time, or while a read that covers them is under way, are
 * served by one read from the lowest number that any of them needs. What was read is kept for a few
 * seconds. So the log is read once, however many clients come back at once.
 *
 * <p>Safe for all threads: lanes ask, and the log's thread brings the answers.
 */
public final class Backlog {

  /** How many publications one read has at most, and so how far back a recovery may begin. */
  static final int LIMIT = 10_000;

  /** How long requests are gathered before the log is read for them. */
  static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How long after a failed read the readers are called, to ask again. */
  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MAX_RANGES = 4;

  private final String channel;
  private final ChannelLog log;
  private final RingBudget budget;
  private final HubCounters counters;
  private final LogTop top;
  private final Deque<LogRange> ranges = new ArrayDeque<>(1);
  private @Nullable Read gathering;
  private @Nullable Read underWay;

  /** The oldest position that the log had at the last read; what is below it is gone. */
  private @Nullable Position oldest;

  /** The position after which the last read has found nothing. */
  private @Nullable Position end;

  Backlog(String channel, ChannelLog log, RingBudget budget, HubCounters counters) {
    this.channel = channel;
    this.log = log;
    this.budget = budget;
    this.counters = counters;
    this.top = new LogTop(channel, log, counters);
  }

  LogTop top() {
    return top;
  }

  /** One read of the log, and the tasks that wait for it. */
  private static final class Read {

    private long after;
    private final List<Runnable> waiters = new ArrayList<>(1);

    Read(long after) {
      this.after = after;
    }

    void join(long seq, Runnable whenRead) {
      after = Math.min(after, seq);
      waiters.add(whenRead);
    }
  }

  /** What can be given behind a position. */
  public sealed interface Following {

    /** What follows the position is here. The reader is counted. */
    record Found(LogRange range, FrameLog.Place place) implements Following {}

    /** The log is being read. After that the caller's task runs, to ask again. */
    record Waiting() implements Following {}

    /** The log has nothing between the position and this number. */
    record Lost(long to) implements Following {}

    /** The position belongs to an epoch that has ended. */
    record Ended() implements Following {}
  }

  /**
   * Finds what follows a position, or has it read.
   *
   * @param timer keeps the time
   * @param whenRead called, on any thread, after the answer {@link Following.Waiting}
   */
  public synchronized Following find(
      Position held, Encoding encoding, Timer timer, Runnable whenRead) {
    for (LogRange range : ranges) {
      if (range.continues(held)) {
        range.enter();
        return new Following.Found(range, range.placeAfter(held.seq(), encoding));
      }
    }
    Position known = oldest;
    if (known != null && !known.epoch().equals(held.epoch())) {
      oldest = null; // the log may know better the next time
      return new Following.Ended();
    }
    if (known != null && held.seq() + 1 < known.seq()) {
      return new Following.Lost(known.seq() - 1);
    }
    if (end != null && end.epoch().equals(held.epoch()) && end.seq() <= held.seq()) {
      end = null; // the log may have more the next time
      return new Following.Lost(Long.MAX_VALUE);
    }
    wait(held.seq(), timer, whenRead);
    return new Following.Waiting();
  }

  /**
   * Whether all that follows the position is here, up to where the ring begins.
   *
   * @param oldest the number before the first one that the ring still has
   */
  public synchronized boolean completes(Position held, long oldest) {
    return ranges.stream().anyMatch(range -> range.completes(held, oldest));
  }

  private boolean isGone(Position held) {
    Position known = oldest;
    return known != null && (!known.epoch().equals(held.epoch()) || held.seq() + 1 < known.seq());
  }

  /**
   * Has what follows a position read, unless it is here, or known to be gone.
   *
   * @param oldest the number before the first one that the ring still has
   * @param whenRead called, on any thread, after {@link Availability#WAITING}
   */
  synchronized Availability fetch(Position held, long oldest, Timer timer, Runnable whenRead) {
    if (completes(held, oldest) || isGone(held)) {
      return Availability.READY;
    }
    wait(held.seq(), timer, whenRead);
    return Availability.WAITING;
  }

  private void wait(long seq, Timer timer, Runnable whenRead) {
    Read current = underWay;
    if (current != null && current.after <= seq) {
      current.waiters.add(whenRead);
    } else if (gathering != null) {
      gathering.join(seq, whenRead);
    } else {
      gathering = new Read(seq);
      gathering.join(seq, whenRead);
      if (current == null) {
        timer.schedule(() -> read(timer), GATHERING_NANOS);
      }
    }
  }

  private void read(Timer timer) {
    Read read;
    synchronized (this) {
      read = gathering;
      if (read == null || underWay != null) {
        return;
      }
      underWay = read;
      gathering = null;
    }
    counters.logReads.increment();
    var _ =
        log.read(channel, read.after, LIMIT)
            .whenComplete((extract, error) -> {
              if (extract == null) {
                timer.schedule(() -> ended(read, null, timer), RETRY_NANOS);
              } else {
                ended(read, extract, timer);
              }
            });
  }

  private void ended(Read read, ChannelLog.@Nullable Extract extract, Timer timer) {
    synchronized (this) {
      underWay = null;
      if (extract != null) {
        keep(read, extract, timer);
      }
      if (gathering != null) {
        timer.schedule(() -> read(timer), 0);
      }
    }
    read.waiters.forEach(Runnable::run);
  }

  private void keep(Read read, ChannelLog.Extract extract, Timer timer) {
    String epoch = extract.top().epoch();
    oldest = new Position(epoch, extract.oldest());
    if (extract.entries().isEmpty()) {
      end = new Position(epoch, read.after);
      return;
    }
    end = null;
    if (ranges.size() == MAX_RANGES) {
      ranges.removeLast().clear();
    }
    long nanos = System.nanoTime();
    List<Message> messages = messages(extract, nanos);
    ranges.addFirst(new LogRange(channel, epoch, messages, budget, nanos));
    timer.schedule(() -> expire(timer), IDLE_NANOS);
  }

  private static List<Message> messages(ChannelLog.Extract extract, long nanos) {
    long millis = System.currentTimeMillis();
    return extract.entries().stream()
        .map(entry -> Message.of(entry.publication(), millis, nanos))
        .toList();
  }

  public synchronized void leave(LogRange range) {
    range.leave(System.nanoTime());
  }

  private synchronized void expire(Timer timer) {
    long now = System.nanoTime();
    ranges.removeIf(range -> {
      boolean idle = range.isIdle(now, IDLE_NANOS);
      if (idle) {
        range.clear();
      }
      return idle;
    });
    if (!ranges.isEmpty()) {
      timer.schedule(() -> expire(timer), IDLE_NANOS);
    }
  }

  /** Another epoch has begun: forgets what the log lacked. */
  synchronized void forget() {
    oldest = null;
    end = null;
    top.forget();
  }

  synchronized void clear() {
    ranges.forEach(LogRange::clear);
    ranges.clear();
    forget();
  }
}
