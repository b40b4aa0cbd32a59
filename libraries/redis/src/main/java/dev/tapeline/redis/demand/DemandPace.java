package dev.tapeline.redis.demand;

import dev.tapeline.core.Demand;
import java.time.Duration;

/**
 * How often a node gives a sign of life, and how long it may be without one.
 *
 * @param renew shorter than a third of the expiry
 */
record DemandPace(Duration renew, Duration expiry) {

  static final DemandPace DEFAULT = new DemandPace(Duration.ofSeconds(3), Demand.EXPIRY);
}
