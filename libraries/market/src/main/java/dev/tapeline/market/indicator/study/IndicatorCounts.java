package dev.tapeline.market.indicator.study;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the studies of indicators do and leave out. Safe for all threads. */
public final class IndicatorCounts {

  private final LongAdder told = new LongAdder();
  private final LongAdder tooOld = new LongAdder();
  private final LongAdder crowded = new LongAdder();

  void tell() {
    told.increment();
  }

  void leaveOut() {
    tooOld.increment();
  }

  void crowd() {
    crowded.increment();
  }

  /** How often values were told. */
  public long told() {
    return told.sum();
  }

  /** The number of amended bars that were older than all that are kept, and changed nothing. */
  public long tooOld() {
    return tooOld.sum();
  }

  /** How often a series could keep no more bars, because all together had reached their limit. */
  public long crowded() {
    return crowded.sum();
  }
}
