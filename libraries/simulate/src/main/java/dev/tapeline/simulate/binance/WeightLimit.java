package dev.tapeline.simulate.binance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The weight of requests in a minute. Who uses too much is told to wait; who goes on is banned for
 * two minutes. Owned by the server's loop.
 */
final class WeightLimit {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long BAN = TimeUnit.MINUTES.toNanos(2);
  private static final int WARNINGS = 10;

  private final int most;
  private final LongSupplier nanos;
  private long start;
  private long banEnd;
  private boolean banned;
  private int used;
  private int warnings;

  WeightLimit(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Uses a weight; the status of the answer: 200, 429, or 418 if banned. */
  int use(int weight) {
    long now = nanos.getAsLong();
    if (banned && now - banEnd < 0) {
      return 418;
    }
    if (banned || now - start >= MINUTE) {
      banned = false;
      start = now;
      used = 0;
      warnings = 0;
    }
    used += weight;
    if (used <= most) {
      return 200;
    }
    warnings++;
    if (warnings > WARNINGS) {
      banned = true;
      banEnd = now + BAN;
      return 418;
    }
    return 429;
  }

  int most() {
    return most;
  }

  int used() {
    return used;
  }

  /** The seconds until requests are answered again. */
  long waitSeconds() {
    long end = banned ? banEnd : start + MINUTE;
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(end - nanos.getAsLong()));
  }
}
