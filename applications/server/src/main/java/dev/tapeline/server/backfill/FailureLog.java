package dev.tapeline.server.backfill;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failed calls of one source, one a minute at most. Owned by the thread of its filler. */
final class FailureLog {

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

  private final String source;
  private boolean told;
  private long toldAt;
  private int untold;

  FailureLog(String source) {
    this.source = source;
  }

  void tell(String symbol, RuntimeException failure) {
    long now = System.nanoTime();
    if (told && now - toldAt < PAUSE_NANOS) {
      untold++;
      return;
    }
    log.info(
        "{}: bars of {} could not be fetched: {}; so many before it: {}",
        source,
        symbol,
        failure.getMessage(),
        untold);
    told = true;
    toldAt = now;
    untold = 0;
  }
}
