package dev.tapeline.gateway.client;

import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Entitlement;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long one client may stay: until what it has shown ends, or until it should have shown
 * something. A timer of its own says so, whatever the ping interval; a client that may stay for
 * good has none. Owned by the client's lane.
 */
final class CredentialDeadline {

  /** A timer counts from now on, and clocks are set: so often it is looked anew. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Entitlement entitlement;
  private final EventLoop loop;
  private final Consumer<CloseReason> close;
  private final long introducedBy;
  private @Nullable Future<?> timer;
  private boolean ended;

  /**
   * @param patience for a client that has yet to show something
   * @param close ends the connection; told why
   */
  CredentialDeadline(
      Entitlement entitlement, EventLoop loop, Duration patience, Consumer<CloseReason> close) {
    this.entitlement = entitlement;
    this.loop = loop;
    this.close = close;
    this.introducedBy = System.nanoTime() + patience.toNanos();
  }

  /** Looks whether it is over, and otherwise again at its end. */
  void look() {
    cancel();
    Optional<Duration> left = ended ? Optional.empty() : left();
    if (left.isEmpty()) {
      return;
    }
    if (left.get().isPositive()) {
      Duration wait = left.get().compareTo(LONGEST) < 0 ? left.get() : LONGEST;
      timer = loop.schedule(this::look, wait.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      close.accept(reason());
    }
  }

  /** Empty for good. */
  private Optional<Duration> left() {
    return entitlement.identity().isEmpty()
        ? Optional.of(Duration.ofNanos(introducedBy - System.nanoTime()))
        : entitlement.end().map(end -> Duration.between(Instant.now(), end));
  }

  private CloseReason reason() {
    if (entitlement.identity().isPresent()) {
      return CloseReason.EXPIRED;
    }
    return entitlement.isUnchecked() ? CloseReason.UNCHECKED : CloseReason.UNAUTHORIZED;
  }

  /** Whether a client may stay. */
  enum Stay {
    GOES_ON,
    OVER
  }

  /** Closes the client if its time is over, which the timer misses when the clock was set. */
  Stay check() {
    boolean over = left().filter(left -> !left.isPositive()).isPresent();
    if (!over) {
      return Stay.GOES_ON;
    }
    look();
    return Stay.OVER;
  }

  /** The connection ends. */
  void stop() {
    ended = true;
    cancel();
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
