package dev.tapeline.core;

class EmbeddedDemandTest extends DemandContract {

  @Override
  protected Demand newDemand() {
    return new EmbeddedDemand(MAX);
  }
}
