package dev.tapeline.server.vendor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test puts forward instead of waiting. Thread-safe. */
final class JumpingClock implements InstantSource {

  private final AtomicLong ahead = new AtomicLong();

  /** Puts the clock forward. */
  void jump(Duration time) {
    ahead.addAndGet(time.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.now().plusMillis(ahead.get());
  }
}
