package dev.tapeline.simulate.market;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs a number of times as fast as another one. */
public final class SpeedClock implements InstantSource {

  /** The fastest: a market much faster than this would be more than its step behind. */
  public static final double FASTEST = 50;

  private final InstantSource clock;
  private final double speed;
  private final long began;
  private final long start;

  /**
   * A clock that starts at the other one's time.
   *
   * @throws IllegalArgumentException if the speed is not above 0 and at most {@link #FASTEST}
   */
  public SpeedClock(InstantSource clock, double speed) {
    this(clock, speed, Duration.ZERO);
  }

  /**
   * A clock that starts before the other one's time, so that after a while it has the same time.
   *
   * @param untilSame how long it runs, by itself, until both are the same; with a speed of at most
   *     1 they never are, and it starts at the other one's time
   * @throws IllegalArgumentException if the speed is not above 0 and at most {@link #FASTEST}
   */
  public SpeedClock(InstantSource clock, double speed, Duration untilSame) {
    if (!(speed > 0 && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "a speed of %s; it must be above 0 and at most %s".formatted(speed, FASTEST));
    }
    this.clock = clock;
    this.speed = speed;
    this.began = clock.millis();
    this.start = began - Math.round(untilSame.toMillis() * Math.max(0, 1 - 1 / speed));
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(start + Math.round((clock.millis() - began) * speed));
  }
}
