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
 * Closes a client when its credential expires, or when it has shown none in time. Each client with
 * an end has a timer of its own. Owned by the client's lane.
 */
final class CredentialDeadline {

  /** The longest wait of a timer, as the clock may be set meanwhile. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Entitlement entitlement;
  private final EventLoop loop;
  private final Consumer<CloseReason> close;
  private final long introducedBy;
  private @Nullable Future<?> timer;
  private boolean running;

  /**
   * @param patience how long a client may stay without a credential
   * @param close ends the connection, for a reason
   */
  CredentialDeadline(
      Entitlement entitlement, EventLoop loop, Duration patience, Consumer<CloseReason> close) {
    this.entitlement = entitlement;
    this.loop = loop;
    this.close = close;
    this.introducedBy = System.nanoTime() + patience.toNanos();
  }

  /** Runs from now on. */
  void begin() {
    running = true;
    look();
  }

  /** Closes the client if its time is over; otherwise looks again then. */
  void look() {
    cancel();
    Optional<Duration> left = running ? left() : Optional.empty();
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

  /** The time that is left; empty for no end. */
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
    running = false;
    cancel();
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
