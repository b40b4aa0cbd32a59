package dev.tapeline.plant.supply;

import java.util.HashSet;
import java.util.Set;

/**
 * Decides whether a node serves its clients alone although the bus is there: it does while the bus
 * takes nothing of any of its sources. Safe for all threads.
 */
final class AsideVotes {

  private final PlantBus bus;
  private final int voters;
  private final Set<Source> refused = new HashSet<>();
  private volatile boolean aside;

  /**
   * @param voters how many sources the node has
   */
  AsideVotes(PlantBus bus, int voters) {
    this.bus = bus;
    this.voters = voters;
  }

  /** A source says whether the bus takes nothing of it now. */
  synchronized void vote(Source source, boolean isRefused) {
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
