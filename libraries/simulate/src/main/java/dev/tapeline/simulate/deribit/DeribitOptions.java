package dev.tapeline.simulate.deribit;

import dev.tapeline.simulate.control.SimulatorOptions;
import java.time.Duration;

/**
 * What the simulator of Deribit is told.
 *
 * @param testPatience how long a client may leave a test request unanswered
 * @param subscribeCredits of the pool that subscriptions use, and how many come back a second
 * @param callCredits of the pool that other calls use, and how many come back a second
 */
public record DeribitOptions(
    SimulatorOptions common, Duration testPatience, Pool subscribeCredits, Pool callCredits) {

  /**
   * A pool of credits.
   *
   * @param cost of a call
   */
  public record Pool(int most, int perSecond, int cost) {}

  /** As Deribit itself, on any ports of this machine. */
  public static DeribitOptions usual() {
    return of(SimulatorOptions.usual());
  }

  public static DeribitOptions of(SimulatorOptions common) {
    return new DeribitOptions(
        common,
        Duration.ofSeconds(10),
        new Pool(30_000, 10_000, 3000),
        new Pool(50_000, 10_000, 500));
  }

  public DeribitOptions with(SimulatorOptions other) {
    return new DeribitOptions(other, testPatience, subscribeCredits, callCredits);
  }

  public DeribitOptions withTestPatience(Duration longest) {
    return new DeribitOptions(common, longest, subscribeCredits, callCredits);
  }

  public DeribitOptions withSubscribeCredits(Pool pool) {
    return new DeribitOptions(common, testPatience, pool, callCredits);
  }
}
