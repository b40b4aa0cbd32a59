package dev.tapeline.chaos.day;

import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.simulate.control.SimulatorOptions;
import java.time.Duration;

/**
 * How long a day is, and what goes wrong in it.
 *
 * @param seed of the order of the faults
 * @param minutes of the market for which there are faults; a whole day has 405
 * @param ticks how many times as many ticks a second there are as in a market at real speed; with
 *     {@link #SPEED} there are as many as in a real day, if the machine is fast enough
 * @param steady the shortest time after which a fault ends a vendor's connection
 * @param harsh whether there are faults after which the vendor's rules forbid to come back for half
 *     a minute and more
 */
public record DayPlan(long seed, int minutes, double ticks, Duration steady, boolean harsh) {

  /** How many times as fast as real hours those of the market are. */
  static final double SPEED = 50;

  /** A minute of the market, by the clock. */
  static final Duration MINUTE = Duration.ofMillis((long) (60_000 / SPEED));

  private static final Duration REAL_SESSION = Duration.ofMinutes(375);

  /** A market of this plan that opens now. */
  SimulatorOptions market() {
    Duration session = Duration.ofMillis((long) (REAL_SESSION.toMillis() * ticks / SPEED));
    return SimulatorOptions.atSpeed(ticks, SessionPlan.compressed(session));
  }
}
