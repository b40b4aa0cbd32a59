package dev.tapeline.feed.dhan;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** The waits between attempts, each longer than the one before. Owned by the thread of its feed. */
final class Retry {

  /** After a reset or an end without a reason. */
  static final List<Duration> BROKEN = millis(200, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000);

  /** After HTTP 429 to a handshake, which lasts minutes and gets worse by asking. */
  static final List<Duration> REFUSED = millis(60_000, 120_000, 300_000);

  /** After the vendor has thrown a connection out for another one of the account. */
  static final List<Duration> CROWDED = millis(30_000, 60_000, 120_000, 300_000);

  private static final double JITTER = 0.2;

  private final List<Duration> table;
  private final Random random;
  private int attempts;

  Retry(List<Duration> table, Random random) {
    this.table = table;
    this.random = random;
  }

  private static List<Duration> millis(long... waits) {
    return LongStream.of(waits).mapToObj(Duration::ofMillis).toList();
  }

  /** The wait before the next attempt: that of the table, up to a fifth more. */
  Duration next() {
    long wait = table.get(Math.min(attempts, table.size() - 1)).toMillis();
    attempts++;
    return Duration.ofMillis(wait + (long) (wait * JITTER * random.nextDouble()));
  }

  void reset() {
    attempts = 0;
  }
}
