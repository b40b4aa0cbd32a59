package dev.tapeline.redis.demand;

import dev.tapeline.core.DemandTally;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.log.LogFault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes this node's wishes to Redis: changes together, one call at a time, and a sign of life now
 * and then. If Redis has lost earlier wishes, all are written again; until that is done, other
 * nodes keep what they knew.
 *
 * <p>Owned by the thread of the demand, but for {@link #note}, which any thread may call.
 */
final class DemandTeller {

  /** Redis does nothing else during a call: some microseconds a change. */
  static final int MOST_AT_ONCE = 512;

  private static final int MIN_PAUSE_MILLIS = 200;
  private static final int MAX_PAUSE_MILLIS = 700;
  private static final Logger log = LoggerFactory.getLogger(DemandTeller.class);

  private final String node;
  private final DemandTally tally;
  private final DemandCalls calls;
  private final Executor thread;
  private final long renewNanos;

  /** The selectors whose state Redis may not have; the tally has their present state. */
  private final Set<Selector> untold = new LinkedHashSet<>();

  private long seq;
  private boolean registered;
  private boolean calling;
  private boolean failing;

  /** The number of selectors left until everything is written; 0 if everything is. */
  private int left;

  private boolean anew;
  private long toldNanos;
  private long notBeforeNanos;

  DemandTeller(
      String node, DemandTally tally, DemandCalls calls, DemandPace pace, Executor thread) {
    this.node = node;
    this.tally = tally;
    this.calls = calls;
    this.thread = thread;
    this.renewNanos = pace.renew().toNanos();
    this.notBeforeNanos = System.nanoTime();
  }

  /** Notes selectors whose wishes in the tally are to be written soon. */
  void note(List<Selector> changed) {
    synchronized (untold) {
      untold.addAll(changed);
    }
  }

  /** Writes pending changes, unless a call is under way. */
  void tick(long now) {
    if (calling || now - notBeforeNanos < 0 || (!registered && !beginAnew())) {
      return;
    }
    List<WishChange> changes = take();
    if (!changes.isEmpty() || anew || left > 0 || now - toldNanos >= renewNanos) {
      send(changes, now);
    }
  }

  /** Begins to write everything, unless there is nothing; returns whether it does. */
  private boolean beginAnew() {
    Set<Selector> all = tally.of(node);
    synchronized (untold) {
      if (all.isEmpty()) {
        untold.clear();
        return false;
      }
      untold.clear();
      untold.addAll(all);
    }
    left = all.size();
    anew = true;
    return true;
  }

  private List<WishChange> take() {
    List<Selector> taken = new ArrayList<>();
    synchronized (untold) {
      Iterator<Selector> next = untold.iterator();
      while (next.hasNext() && taken.size() < MOST_AT_ONCE) {
        taken.add(next.next());
        next.remove();
      }
    }
    return taken.stream().map(one -> new WishChange(one, tally.wants(node, one))).toList();
  }

  private void send(List<WishChange> changes, long now) {
    calling = true;
    boolean whole = left <= changes.size();
    boolean changed = anew || left > 0 || !changes.isEmpty();
    DemandCalls.Telling telling =
        new DemandCalls.Telling(seq, changed ? seq + 1 : seq, anew, whole, changes);
    var _ =
        calls
            .tell(node, telling)
            .whenCompleteAsync((taken, error) -> answered(telling, taken, error, now), thread);
  }

  private void answered(
      DemandCalls.Telling telling, @Nullable Boolean taken, @Nullable Throwable error, long sent) {
    calling = false;
    if (error != null || taken == null) {
      failed(telling, error);
    } else if (taken) {
      failing = false;
      registered = true;
      anew = false;
      seq = telling.seq();
      left = Math.max(0, left - telling.changes().size());
      toldNanos = sent;
      if (left > 0 || telling.changes().size() == MOST_AT_ONCE) {
        tick(System.nanoTime());
      }
    } else {
      log.debug("Redis lacks this node's demand; sending all of it again");
      seq = telling.seq();
      registered = false;
      tick(System.nanoTime());
    }
  }

  /** Handles a failed call, which may have been executed: the numbers of the next call show it. */
  private void failed(DemandCalls.Telling telling, @Nullable Throwable error) {
    String refusal = error == null ? null : LogFault.refusal(error);
    if (!failing && refusal != null) {
      log.warn("Redis refuses this node's demand: {}", refusal);
    }
    failing = true;
    note(telling.changes().stream().map(WishChange::selector).toList());
    if (anew || left > 0) {
      seq = telling.seq();
      registered = false;
    }
    int pause = ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS + 1);
    notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
  }
}
