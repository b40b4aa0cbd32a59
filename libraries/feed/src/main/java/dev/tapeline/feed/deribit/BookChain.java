package dev.tapeline.feed.deribit;

import dev.tapeline.market.tick.Tick;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one book, each of which has to follow the one before. When one was missed, the
 * book is void: nothing of it is passed on until a snapshot, which comes after the channel has been
 * subscribed anew. Owned by the thread of its feed.
 */
final class BookChain {

  private static final long FIRST_WAIT_MILLIS = 1000;
  private static final long MAX_WAIT_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long PATIENCE_MILLIS = Duration.ofSeconds(10).toMillis();

  private static final long NOT_WAITING = Long.MIN_VALUE;

  /** The outcome of a snapshot or a change. */
  enum Outcome {
    /** It was passed on. */
    PASSED,
    /** A change was missed before it. */
    GAP,
    /** It is older than the book. */
    STALE,
    /** It came before a snapshot. */
    WAITING
  }

  private boolean whole;
  private boolean broken;
  private long lastId;
  private long shift;
  private int renewals;
  private long due;
  private long wholeSince;
  private long waitingSince = NOT_WAITING;

  /** Takes a snapshot or a change. */
  Outcome take(Tick.Depth received, Consumer<? super Tick> out) {
    if (received.snapshot()) {
      return begin(received, out);
    }
    Tick.Depth depth = shifted(received);
    if (!whole) {
      await(depth.times().received());
      return Outcome.WAITING;
    }
    if (depth.firstId() == lastId + 1) {
      return pass(depth, out);
    }
    return depth.lastId() <= lastId ? Outcome.STALE : gap(depth, out);
  }

  /**
   * Takes a snapshot. Should the exchange number its changes anew, they are passed on with higher
   * numbers, as those who keep the book take lower ones for older ones.
   */
  private Outcome begin(Tick.Depth snapshot, Consumer<? super Tick> out) {
    whole = true;
    broken = false;
    waitingSince = NOT_WAITING;
    wholeSince = snapshot.times().received();
    if (snapshot.lastId() + shift < lastId) {
      shift = lastId - snapshot.lastId();
    }
    return pass(shifted(snapshot), out);
  }

  private Tick.Depth shifted(Tick.Depth depth) {
    return shift == 0 ? depth : depth.renumbered(shift);
  }

  /** Changes come without a snapshot before them: after a while it is taken for lost. */
  private void await(long received) {
    if (waitingSince == NOT_WAITING) {
      waitingSince = received;
    } else if (!broken && received - waitingSince > PATIENCE_MILLIS) {
      broken = true;
      due = received;
    }
  }

  private Outcome pass(Tick.Depth depth, Consumer<? super Tick> out) {
    lastId = depth.lastId();
    out.accept(depth);
    return Outcome.PASSED;
  }

  /** Passes on a change that can't be applied, by which those who keep the book see the gap. */
  private Outcome gap(Tick.Depth depth, Consumer<? super Tick> out) {
    long first = Math.max(depth.firstId(), lastId + 2);
    if (first <= depth.lastId()) {
      out.accept(
          new Tick.Depth(
              depth.instrument(),
              depth.times(),
              false,
              first,
              depth.lastId(),
              List.of(),
              List.of(),
              null));
    }
    lastId = Math.max(lastId, depth.lastId());
    whole = false;
    broken = true;
    long received = depth.times().received();
    if (received - wholeSince > MAX_WAIT_MILLIS) {
      renewals = 0;
    }
    due = received + wait(renewals);
    return Outcome.GAP;
  }

  private static long wait(int renewals) {
    return renewals == 0
        ? 0
        : Math.min(MAX_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(renewals - 1, 16));
  }

  /** A connection begins or has ended: what comes next on it begins with a snapshot. */
  void restart() {
    whole = false;
    broken = false;
    waitingSince = NOT_WAITING;
    renewals = 0;
  }

  /** The channel to subscribe anew at this time; null if it need not be. */
  @Nullable String renewal(String channel, long now) {
    if (!broken || now < due) {
      return null;
    }
    renewals++;
    due = now + Math.max(PATIENCE_MILLIS, wait(renewals));
    return channel;
  }

  /** Whether a change was missed and no snapshot has come since. */
  boolean isBroken() {
    return broken;
  }
}
