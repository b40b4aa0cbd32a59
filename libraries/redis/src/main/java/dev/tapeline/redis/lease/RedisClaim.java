package dev.tapeline.redis.lease;

import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.redis.log.LogFault;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.Refusals;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The claim of a node to one lease. One thread owns it; other threads hand events over. It measures
 * its time with its own clock from the moment of the request, so that it ends before Redis grants
 * the lease to another claim.
 */
final class RedisClaim implements Leases.Claim {

  private static final long MAX_PAUSE_MILLIS = 500;
  private static final long STAMP_PAUSE_MILLIS = 200;
  private static final Logger log = LoggerFactory.getLogger(RedisClaim.class);

  private final RedisLeases leases;
  private final String lease;
  private final String holder;
  private final Duration timeToLive;
  private final Leases.Listener listener;
  private final List<Integer> partitions;
  private final EventExecutor thread;

  private String id = UUID.randomUUID().toString();
  private long granted;
  private volatile long endsNanos;
  private volatile boolean held;
  private volatile boolean closing;
  private @Nullable String heldByOther;
  private @Nullable String refusal;
  private int attempts;
  private boolean answered;
  private boolean closed;
  private @Nullable Future<?> expiry;
  private @Nullable Future<?> next;

  RedisClaim(
      RedisLeases leases,
      String lease,
      String holder,
      Duration timeToLive,
      Leases.Listener listener,
      List<Integer> partitions,
      EventExecutor thread) {
    this.leases = leases;
    this.lease = lease;
    this.holder = holder;
    this.timeToLive = timeToLive;
    this.listener = listener;
    this.partitions = partitions;
    this.thread = thread;
  }

  void start() {
    thread.execute(this::ask);
  }

  private void ask() {
    if (closed) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    int attempt = ++attempts;
    long sent = System.nanoTime();
    String by = id;
    var _ =
        leases
            .ask(lease, by, holder, timeToLive.toMillis())
            .whenCompleteAsync((grant, error) -> answered(attempt, by, sent, grant, error), thread);
    // An answer may never come, as while Redis is frozen.
    later(
        () -> {
          if (attempt == attempts && !answered) {
            ask();
          }
        },
        timeToLive.toMillis());
    answered = false;
  }

  private void answered(
      int attempt,
      String by,
      long sent,
      RedisLeases.@Nullable Grant grant,
      @Nullable Throwable error) {
    if (closed || attempt != attempts) {
      return;
    }
    answered = true;
    if (by.equals(id) && grant != null && grant.isGranted()) {
      granted(grant.token(), sent + timeToLive.toNanos());
    } else if (grant != null && !grant.isGranted() && !held) {
      waiting(grant.holder());
    } else if (error != null) {
      heldByOther = null; // the next holder is told, even if it is the same
      refused(error);
    }
    askLater(grant);
  }

  private void askLater(RedisLeases.@Nullable Grant grant) {
    long pause = Math.max(1, timeToLive.toMillis() / 3);
    if (grant == null || !grant.isGranted()) {
      pause = Math.min(pause, MAX_PAUSE_MILLIS);
    }
    if (grant != null && !grant.isGranted()) {
      pause = Math.min(pause, grant.leftMillis() + 1);
    }
    next = thread.schedule(this::ask, pause, TimeUnit.MILLISECONDS);
  }

  private void granted(long token, long ends) {
    if (held && token != granted) {
      lose("it ran out before its renewal came");
    }
    if (System.nanoTime() - ends >= 0) {
      return;
    }
    endsNanos = ends;
    watch();
    if (token != granted) {
      granted = token;
      stamp(new Fence(lease, token), false);
    } else if (held && refusal != null) {
      refusal = null;
      listener.onHeld(new Fence(lease, token));
    }
  }

  /**
   * Records that Redis refuses the claim, so that nobody gets the lease. Each reason is told once.
   */
  private void refused(Throwable error) {
    String why = LogFault.refusal(error);
    if (why == null || why.equals(refusal)) {
      return;
    }
    refusal = why;
    if (!Refusals.isOfServer(why) && !Refusals.isOfReplica(why)) {
      log.warn("{} can't be had, as Redis refuses it: {}", lease, why);
    }
    listener.onRefused(why);
  }

  private void waiting(String other) {
    refusal = null;
    if (!other.equals(heldByOther)) {
      heldByOther = other;
      tell(Level.INFO, "{} is held by {}; {} waits for it", lease, other, holder);
      listener.onWaiting(other);
    }
  }

  private void stamp(Fence fence, boolean again) {
    listener.onGranted(fence);
    var _ =
        leases
            .stamp(fence, partitions)
            .whenCompleteAsync((_, error) -> stamped(fence, again, error), thread);
  }

  private void stamped(Fence fence, boolean again, @Nullable Throwable error) {
    if (closed || granted != fence.token()) {
      return;
    }
    if (error != null) {
      refused(error);
      if (!again && refusal == null) {
        tell(Level.INFO, "{}: its token can't be stamped yet: {}", lease, error.getMessage());
      }
      later(() -> stampAgain(fence), STAMP_PAUSE_MILLIS);
    } else if (System.nanoTime() - endsNanos < 0) {
      held = true;
      refusal = null;
      heldByOther = null;
      tell(Level.INFO, "{} is held by {}, token {}", lease, holder, fence.token());
      listener.onHeld(fence);
    }
  }

  private void stampAgain(Fence fence) {
    if (!closed && granted == fence.token()) {
      stamp(fence, true);
    }
  }

  private void watch() {
    if (expiry != null) {
      expiry.cancel(false);
    }
    expiry = thread.schedule(this::expire, endsNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void expire() {
    if (!closed && System.nanoTime() - endsNanos >= 0) {
      String expired = id;
      id = UUID.randomUUID().toString(); // a late answer grants nothing
      lose("it could not be renewed in time");
      releaseExpired(expired);
      ask();
    }
  }

  /**
   * Releases what Redis may still hold for a while, so that the next claim need not wait for it.
   */
  private void releaseExpired(String expired) {
    var _ =
        leases
            .release(lease, expired)
            .whenComplete((_, error) -> {
              if (error != null) {
                log.debug("can't release {}: it expires by itself", lease, error);
              }
            });
  }

  private void lose(String why) {
    granted = 0;
    if (held) {
      held = false;
      tell(Level.WARN, "{} is lost: {}", lease, why);
      listener.onLost();
    }
  }

  /** Writes a log line; claims to single partitions come by the dozen and log at debug. */
  private void tell(Level level, String text, @Nullable Object... about) {
    log.atLevel(partitions.size() < Partitions.COUNT ? Level.DEBUG : level).log(text, about);
  }

  private void later(Runnable task, long millis) {
    if (!closed) {
      var _ = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public boolean isHeld() {
    return held && !closing && System.nanoTime() - endsNanos < 0;
  }

  @Override
  public void close() {
    closing = true;
    CompletableFuture<Void> released = new CompletableFuture<>();
    leases.releasing(released);
    thread.execute(() -> release(released));
  }

  private void release(CompletableFuture<Void> released) {
    if (closed) {
      released.complete(null);
      return;
    }
    closed = true;
    held = false;
    if (expiry != null) {
      expiry.cancel(false);
    }
    var _ =
        leases
            .release(lease, id)
            .whenComplete((_, error) -> {
              if (error != null) {
                log.debug("can't release {}: it expires by itself", lease, error);
              }
              released.complete(null);
            });
  }
}
