package dev.tapeline.plant.wire;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asynchronous calls to a target that may fail, with a limit on the calls under way. At the limit a
 * call waits a little; if no other call ends, it is dropped, and so are the next ones, at once,
 * until a call ends. Failures are counted, and logged once for each outage.
 *
 * <p>Called by one thread; the calls may end on any.
 */
final class BoundedCalls {

  private static final Logger log = LoggerFactory.getLogger(BoundedCalls.class);

  private final String target;
  private final Semaphore room;
  private final Duration patience;
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean outage = new AtomicBoolean();
  private boolean stuck;

  /**
   * Calls to the target, which the log names.
   *
   * @param limit how many may be under way
   * @param patience how long a call waits for room
   */
  BoundedCalls(String target, int limit, Duration patience) {
    this.target = target;
    this.room = new Semaphore(limit);
    this.patience = patience;
  }

  void call(Supplier<CompletionStage<Void>> call) {
    if (!admit()) {
      dropped.incrementAndGet();
      return;
    }
    CompletionStage<Void> stage;
    try {
      stage = call.get();
    } catch (RuntimeException e) {
      end(e);
      return;
    }
    var _ = stage.whenComplete((_, error) -> end(error));
  }

  private boolean admit() {
    if (room.tryAcquire()) {
      stuck = false;
      return true;
    }
    if (stuck) {
      return false;
    }
    try {
      stuck = !room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (stuck) {
      fail("no answer within " + patience);
    }
    return !stuck;
  }

  private void end(@Nullable Throwable error) {
    room.release();
    if (error != null) {
      failed.incrementAndGet();
      fail(String.valueOf(error.getMessage()));
    } else if (outage.get() && outage.compareAndSet(true, false)) {
      log.info("{} works again; {} calls failed, {} dropped so far", target, failed, dropped);
    }
  }

  private void fail(String reason) {
    if (outage.compareAndSet(false, true)) {
      log.warn("{} fails: {}; further failures are only counted", target, reason);
    }
  }

  /** The number of calls that ended with an error. */
  long failed() {
    return failed.get();
  }

  /** The number of calls that were dropped at the limit. */
  long dropped() {
    return dropped.get();
  }

  /** The number of calls that failed or were dropped. */
  long losses() {
    return failed.get() + dropped.get();
  }
}
