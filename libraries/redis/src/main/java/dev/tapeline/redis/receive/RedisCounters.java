package dev.tapeline.redis.receive;

import java.util.concurrent.atomic.LongAdder;

/** The counters of the bus. */
public final class RedisCounters {

  public final LongAdder published = new LongAdder();
  public final LongAdder received = new LongAdder();
  public final LongAdder duplicates = new LongAdder();
  public final LongAdder invalidNames = new LongAdder();
  public final LongAdder refused = new LongAdder();
  public final LongAdder ignoredPlain = new LongAdder();
  public final LongAdder holes = new LongAdder();
  public final LongAdder repaired = new LongAdder();
}
