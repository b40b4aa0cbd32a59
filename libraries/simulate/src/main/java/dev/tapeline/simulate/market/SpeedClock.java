package dev.tapeline.simulate.market;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that starts at another one's time, and runs a number of times as fast. */
public final class SpeedClock implements InstantSource {

  /** The fastest: a market much faster than this would be more than its step behind. */
  public static final double FASTEST = 50;

  private final InstantSource clock;
  private final double speed;
  private final long start;

  /**
   * A clock that starts now.
   *
   * @throws IllegalArgumentException if the speed is not above 0 and at most {@link #FASTEST}
   */
  public SpeedClock(InstantSource clock, double speed) {
    if (!(speed > 0 && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "a speed of %s; it must be above 0 and at most %s".formatted(speed, FASTEST));
    }
    this.clock = clock;
    this.speed = speed;
    this.start = clock.millis();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(start + Math.round((clock.millis() - start) * speed));
  }
}
