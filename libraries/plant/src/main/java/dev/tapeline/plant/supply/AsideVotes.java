package dev.tapeline.plant.supply;

import java.util.HashSet;
import java.util.Set;

/**
 * The decision whether a node serves its clients alone although the bus is up: it does while the
 * bus refuses the writes of all its sources. Safe for all threads.
 */
final class AsideVotes {

  private final PlantBus bus;
  private final long voters;
  private final Set<StandInPolicy> refused = new HashSet<>();
  private volatile boolean aside;

  /**
   * @param voters the number of the node's sources that can run alone
   */
  AsideVotes(PlantBus bus, long voters) {
    this.bus = bus;
    this.voters = voters;
  }

  /** Notes whether the bus refuses the writes of a source now. */
  synchronized void vote(StandInPolicy source, boolean isRefused) {
    if (isRefused) {
      refused.add(source);
    } else {
      refused.remove(source);
    }
    aside = refused.size() == voters;
    bus.standAside(aside);
  }

  boolean isAside() {
    return aside;
  }
}
