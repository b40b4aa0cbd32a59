package dev.tapeline.plant.supply;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The bus, the cache and the leases that the sources of a node work with. Safe for all threads, and
 * no method blocks.
 */
public interface PlantBus {

  /** The bus of this node's sources and clients. */
  Bus own();

  Cache cache();

  Leases leases();

  /** Whether the bus reaches all nodes now. */
  boolean isUp();

  /** Whether the bus is up but refuses all publications. */
  boolean refusesAll();

  /** Whether this node goes on serving its own clients while the bus is away. */
  boolean standsIn();

  /**
   * Publishes to this node's own clients while the bus is away; fails where {@link #standsIn} is
   * false, and while the bus is in use.
   */
  CompletionStage<Void> publishAlone(List<Publication> batch);

  /** Starts or ends serving this node's clients as if the bus were away. */
  void standAside(boolean aside);
}
