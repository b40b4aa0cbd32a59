package dev.tapeline.server.backfill;

import java.util.concurrent.atomic.AtomicLong;

/** What was fetched of one source. Safe for all threads. */
final class BackfillCounts {

  /** A fifth of what Dhan allows in a day, so that the polling of chains has the rest. */
  static final int MOST_CALLS_A_DAY = 20_000;

  private static final long DAY_MILLIS = 86_400_000;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong bars = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private long day;
  private int callsOfDay;

  /** Counts a call if there may be one more today, by the date of UTC. */
  synchronized boolean beginCall(long now) {
    if (now / DAY_MILLIS != day) {
      day = now / DAY_MILLIS;
      callsOfDay = 0;
    }
    if (callsOfDay >= MOST_CALLS_A_DAY) {
      return false;
    }
    callsOfDay++;
    calls.incrementAndGet();
    return true;
  }

  void addBars(int count) {
    bars.addAndGet(count);
  }

  void addFailure() {
    failures.incrementAndGet();
  }

  void addRefused() {
    refused.incrementAndGet();
  }

  long calls() {
    return calls.get();
  }

  long bars() {
    return bars.get();
  }

  long failures() {
    return failures.get();
  }

  /** What there was no room for in the queue, or among the calls of the day. */
  long refused() {
    return refused.get();
  }
}
