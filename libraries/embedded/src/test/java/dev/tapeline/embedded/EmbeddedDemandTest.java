package dev.tapeline.embedded;

import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandContract;

class EmbeddedDemandTest extends DemandContract {

  @Override
  protected Demand newDemand() {
    return new EmbeddedDemand(MAX);
  }
}
