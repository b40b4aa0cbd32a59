package dev.tapeline.access.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The availability of a key set, logged when it changes and not at each try. Safe for all threads.
 */
final class KeyOutage {

  private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

  private final KeySource source;
  private final LongAdder failures = new LongAdder();
  private @Nullable String reason;
  private Instant since = Instant.EPOCH;
  private long failedAtNanos;
  private long inARow;
  private List<String> toldLeftOut = List.of();

  KeyOutage(KeySource source) {
    this.source = source;
  }

  synchronized boolean isOn() {
    return reason != null;
  }

  LongAdder failures() {
    return failures;
  }

  /** What is wrong, and since when; empty if nothing is. */
  synchronized Optional<String> reason() {
    return Optional.ofNullable(reason)
        .map(why ->
            "the keys of tokens can't be read from %s since %s: %s".formatted(source, since, why));
  }

  /** Sleeps until this time has passed since the last failure. */
  void rest(Duration pause) throws InterruptedException {
    Duration left = left(pause);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  private synchronized Duration left(Duration pause) {
    return reason == null ? Duration.ZERO : pause.minusNanos(System.nanoTime() - failedAtNanos);
  }

  synchronized void fail(String why) {
    failures.increment();
    failedAtNanos = System.nanoTime();
    inARow++;
    if (reason == null) {
      since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      log.warn(
          "The keys of tokens can't be read from {}: {}. Clients whose tokens need them are told to"
              + " reconnect later",
          source,
          why);
    }
    reason = why;
  }

  /** Notes that the set was read, and whether any of its keys can be used. */
  synchronized void end(KeySet keys) {
    if (!keys.leftOut().equals(toldLeftOut)) {
      toldLeftOut = keys.leftOut();
      toldLeftOut.forEach(key -> log.warn("A key of {} can't be used: {}", source, key));
    }
    if (keys.usable().isEmpty()) {
      fail("it has no key that tokens can be signed with");
      return;
    }
    if (reason != null) {
      log.info("The keys of tokens can be read from {} again, after {} failures", source, inARow);
    }
    reason = null;
    inARow = 0;
  }
}
