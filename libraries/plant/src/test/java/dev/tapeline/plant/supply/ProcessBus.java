package dev.tapeline.plant.supply;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The bus, the cache and the leases of nodes that share this process. */
record ProcessBus(Bus own, Cache cache, Leases leases) implements PlantBus {

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public boolean refusesAll() {
    return false;
  }

  @Override
  public boolean standsIn() {
    return false;
  }

  @Override
  public CompletionStage<Void> publishAlone(List<Publication> batch) {
    return CompletableFuture.failedFuture(new BusException("the lease is not held"));
  }

  @Override
  public void standAside(boolean aside) {}
}
