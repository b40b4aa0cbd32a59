package dev.tapeline.server.compose;

import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.supply.Analytics;
import java.util.List;

/** Makes the studies of each market of this node: what is computed besides the common values. */
final class MarketStudies {

  private final DemandBook demand;

  MarketStudies(DemandBook demand) {
    this.demand = demand;
  }

  Analytics analytics() {
    return new Analytics(List::of, demand::isWanted);
  }
}
