package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Decides when which chain is told. Its only clock is the time that it is given. Owned by the
 * market's thread.
 */
final class ChainSchedule {

  /** How often all chains are looked through for what time alone changes. */
  private static final long LOOK_MILLIS = 1_000;

  /** How often a chain that stands still is told again, so that its time left is. */
  private static final long REPEAT_MILLIS = 30_000;

  private final ChainLimits limits;
  private final ChainCounters counters;
  private List<LiveChain> waiting = new ArrayList<>();
  private List<LiveChain> spare = new ArrayList<>();
  private long nextDue = Long.MAX_VALUE;
  private long nextLook = Long.MIN_VALUE;

  ChainSchedule(ChainLimits limits, ChainCounters counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /** Takes a change of an option. */
  void changed(LiveLeg leg, Times times, long now) {
    ChainTiming timing = leg.chain.timing;
    leg.chain.ticked(now);
    timing.option = leg.option();
    timing.times = times;
    timing.changedAt = now;
    timing.isNews = true;
    timing.slot = timing.slot == 0 ? slot(now) : timing.slot;
    await(leg.chain);
  }

  /** Takes a change of the price that chains are on. */
  void moved(Underlying underlying, Times times, long now) {
    for (LiveChain chain : underlying.chains()) {
      if (chain.timing.option != null) {
        chain.timing.times = times;
        chain.timing.changedAt = now;
        await(chain);
      }
    }
  }

  /** Has a chain told when its frame is over, and not too soon after the last time. */
  private void await(LiveChain chain) {
    ChainTiming timing = chain.timing;
    if (!timing.isWaiting) {
      timing.isWaiting = true;
      nextDue = Math.min(nextDue, due(timing));
      waiting.add(chain);
    }
  }

  /**
   * From when on a chain may be told: the end of the interval of its newest change. As intervals
   * are the same for everybody, what is told does not hang on when a chain was wanted first.
   */
  private long due(ChainTiming timing) {
    long since = Math.max(timing.changedAt, timing.passedAt);
    return (Math.floorDiv(since, limits.publishEvery()) + 1) * limits.publishEvery();
  }

  /** Whether there may be something to do by now. */
  boolean isDue(long now) {
    return now >= nextDue || now >= nextLook;
  }

  /** Tells the chains that are due by now and wanted. */
  void advance(long now, Collection<LiveChain> all, Consumer<MarketEvent> out) {
    if (now >= nextLook) {
      nextLook = Math.floorDiv(now, LOOK_MILLIS) * LOOK_MILLIS + LOOK_MILLIS;
      for (LiveChain chain : all) {
        look(chain, now);
      }
    }
    if (now >= nextDue) {
      List<LiveChain> row = waiting;
      waiting = spare;
      nextDue = Long.MAX_VALUE;
      for (LiveChain chain : row) {
        pass(chain, now, out);
      }
      row.clear();
      spare = row;
    }
  }

  private void look(LiveChain chain, long now) {
    ChainTiming timing = chain.timing;
    boolean isRepeated =
        Math.floorDiv(now, REPEAT_MILLIS) > Math.floorDiv(timing.toldAt, REPEAT_MILLIS);
    if (timing.option != null
        && (isSnapshot(timing, now) || isRepeated || chain.isOutdatedBy(now))) {
      await(chain);
    }
  }

  private boolean isSnapshot(ChainTiming timing, long now) {
    return timing.isNews && slot(now) > timing.slot;
  }

  private void pass(LiveChain chain, long now, Consumer<MarketEvent> out) {
    ChainTiming timing = chain.timing;
    timing.isWaiting = false;
    if (now < due(timing)) {
      await(chain);
      return;
    }
    timing.passedAt = now;
    boolean isWanted = timing.wanted.getAsBoolean();
    boolean isSnapshot = isSnapshot(timing, now);
    if (isWanted || isSnapshot) {
      counters.compute(chain.compute(now));
    }
    if (isWanted) {
      timing.toldAt = now;
      tell(chain, isSnapshot, out);
    } else {
      await(chain); // asked again as soon as it could be told
    }
    if (isSnapshot) {
      chain.keepSnapshot();
      timing.slot = slot(now);
      timing.isNews = false;
    }
  }

  private void tell(LiveChain chain, boolean isSnapshot, Consumer<MarketEvent> out) {
    ChainTiming timing = chain.timing;
    counters.tell();
    out.accept(
        new MarketEvent.ChainChanged(
            Objects.requireNonNull(timing.option), timing.times, chain, isSnapshot));
  }

  private long slot(long now) {
    return Math.floorDiv(now, limits.snapshotEvery()) + 1;
  }
}
