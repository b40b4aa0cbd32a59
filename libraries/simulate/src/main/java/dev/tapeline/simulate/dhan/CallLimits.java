package dev.tapeline.simulate.dhan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Limits how often something may be done, by bucket. Owned by the server's loop. */
final class CallLimits {

  private static final int MAX_BUCKETS = 1000;

  private final LongSupplier nanos;
  private final Map<String, Deque<Long>> calls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
          return size() > MAX_BUCKETS;
        }
      };

  CallLimits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Takes a place in a bucket that has so many in any time of this length; whether there was one.
   */
  boolean take(String bucket, int most, Duration time) {
    long now = nanos.getAsLong();
    Deque<Long> taken = calls.computeIfAbsent(bucket, _ -> new ArrayDeque<>());
    while (!taken.isEmpty() && now - taken.getFirst() >= time.toNanos()) {
      taken.removeFirst();
    }
    if (taken.size() >= most) {
      return false;
    }
    taken.addLast(now);
    return true;
  }
}
