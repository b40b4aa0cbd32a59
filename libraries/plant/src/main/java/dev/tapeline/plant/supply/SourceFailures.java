package dev.tapeline.plant.supply;

import dev.tapeline.feed.FeedException;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of a source: counts and logs them, and says when to try again. Owned by the source's
 * thread.
 */
final class SourceFailures {

  private static final Logger log = LoggerFactory.getLogger(SourceFailures.class);

  private final String source;
  private final Counter counter;
  private final FailureStreak streak = new FailureStreak(ThreadLocalRandom.current()::nextDouble);
  private long lastNanos = System.nanoTime();
  private long pauseNanos;

  SourceFailures(String source, Counter counter) {
    this.source = source;
    this.counter = counter;
  }

  /** Notes that a run begins. */
  void begin() {
    streak.begin(System.nanoTime());
  }

  /**
   * Counts and logs a failure, with its stack trace unless it repeats the last one. What a {@link
   * FeedException} says is for the user, who needs no stack trace.
   *
   * @param how such as failed
   * @return how long to wait before the next run, in ms
   */
  long add(String how, Exception failure) {
    lastNanos = System.nanoTime();
    boolean isNew = streak.add(failure.toString(), lastNanos);
    long pause = streak.drawPauseMillis();
    pauseNanos = TimeUnit.MILLISECONDS.toNanos(pause);
    counter.increment();
    boolean isForUsers = failure instanceof FeedException;
    log.atError()
        .setCause(isNew && !isForUsers ? failure : null)
        .log(
            "{} {}: {}; it is tried again in {} ms",
            source,
            how,
            isForUsers ? failure.getMessage() : failure,
            pause);
    return pause;
  }

  /** Whether the pause after the last failure is not over yet. */
  boolean isPause(long now) {
    return now - lastNanos < pauseNanos;
  }
}
