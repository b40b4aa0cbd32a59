package dev.tapeline.market.chain.study;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the chain studies of a node do. Safe for all threads. */
public final class ChainCounters {

  private final LongAdder refused = new LongAdder();
  private final LongAdder computed = new LongAdder();
  private final LongAdder told = new LongAdder();

  void refuse() {
    refused.increment();
  }

  void compute(int strikes) {
    computed.add(strikes);
  }

  void tell() {
    told.increment();
  }

  /** The ticks that were left out because too many options or chains are kept already. */
  public long refused() {
    return refused.sum();
  }

  /** The strikes that were computed. */
  public long strikes() {
    return computed.sum();
  }

  /** The events of chains. */
  public long events() {
    return told.sum();
  }
}
