package dev.tapeline.redis;

import java.util.concurrent.atomic.LongAdder;

/** What the bus counts. */
final class RedisCounters {

  final LongAdder published = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder invalidNames = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder ignoredPlain = new LongAdder();
  final LongAdder holes = new LongAdder();
  final LongAdder repaired = new LongAdder();
}
