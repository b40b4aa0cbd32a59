package dev.tapeline.market.chain.study;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Times;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** When a chain is to be told next. Mutable, owned by a {@link ChainSchedule}. */
final class ChainTiming {

  /** Whether anybody wants the chain. */
  final BooleanSupplier wanted;

  /** Whether something has changed since it was told, so that it is in the row of the schedule. */
  boolean isWaiting;

  /** When something changed last, epoch ms UTC. */
  long changedAt;

  /** When it was told last, epoch ms UTC. */
  long toldAt;

  /** When it could have been told last, epoch ms UTC. */
  long passedAt;

  /**
   * The number of the interval of snapshots in which the last one was taken, or the first change
   * came; 0 before.
   */
  long slot;

  /** Whether something has changed since the last snapshot. */
  boolean isNews;

  /** The option that has changed last. */
  Instrument.@Nullable Option option;

  Times times = Times.UNKNOWN;

  ChainTiming(BooleanSupplier wanted) {
    this.wanted = wanted;
  }
}
