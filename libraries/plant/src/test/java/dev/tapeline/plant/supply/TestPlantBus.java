package dev.tapeline.plant.supply;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The bus, the cache and the leases of nodes that share this process. It is away, and refuses, when
 * the test says so.
 */
final class TestPlantBus implements PlantBus {

  private final Bus own;
  private final Cache cache;
  private final Leases leases;

  volatile boolean standsIn;
  volatile boolean up = true;
  volatile boolean refusing;
  volatile boolean aside;

  /**
   * @param standsIn whether the nodes serve their own clients while it is away
   */
  TestPlantBus(Bus own, Cache cache, Leases leases, boolean standsIn) {
    this.own = own;
    this.cache = cache;
    this.leases = leases;
    this.standsIn = standsIn;
  }

  @Override
  public Bus own() {
    return own;
  }

  @Override
  public Cache cache() {
    return cache;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public boolean refusesAll() {
    return refusing;
  }

  @Override
  public boolean standsIn() {
    return standsIn;
  }

  @Override
  public CompletionStage<Void> publishAlone(List<Publication> batch) {
    return CompletableFuture.failedFuture(new BusException("the lease is not held"));
  }

  @Override
  public void standAside(boolean isAside) {
    aside = isAside;
  }
}
