package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.Selector;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.plant.supply.PlantBus;
import dev.tapeline.plant.wire.BookFolds;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.server.nodes.BusReport;
import dev.tapeline.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The bus, the cache and the other services that all parts of a node share: in this process, or on
 * Redis.
 */
sealed interface Backbone extends PlantBus, AutoCloseable permits EmbeddedBackbone, RedisBackbone {

  /** The time between two looks at whether the bus is up. */
  long LOOK_AGAIN_NANOS = 2_000_000;

  static Backbone of(Settings settings, MeterRegistry meters) {
    RedisSettings redis = settings.redis();
    return redis == null
        ? new EmbeddedBackbone(settings, meters)
        : new RedisBackbone(redis, settings, meters);
  }

  /** The selectors that a gateway follows whether or not clients want them. */
  static List<Selector> followed(Settings settings) {
    return new BookFolds(settings.gateway().kinds()).followed();
  }

  /** The bus that reaches all nodes, and fails while it is away. */
  Bus bus();

  /** The bus of this node's gateway and sources, which may go on without the other nodes. */
  @Override
  SharedBus own();

  Nodes nodes();

  /** The demand of the clients of all nodes. */
  Demand demand();

  /** Whether other nodes can share it. */
  boolean isShared();

  /** The state of the bus on this node. */
  BusReport report();

  /** The leases that this node holds, except those of its sources. */
  List<String> heldLeases();

  /** Why the bus is down, for people to read. */
  String problem();

  /** Why the bus takes no writes although it is up; empty while it takes them. */
  Optional<Refusals.Reason> refusal();

  /** Calls the listener with {@link #refusal} now and at each change. */
  void onRefusal(Consumer<Optional<Refusals.Reason>> listener);

  /** Starts the tasks that use the bus, once the bus is started. */
  void begin();

  /** Waits until the bus is up, for a limited time. */
  default void awaitUp(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!isUp() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Override
  void close();
}
