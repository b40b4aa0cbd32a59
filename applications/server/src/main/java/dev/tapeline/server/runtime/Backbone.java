package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.embedded.EmbeddedNodes;
import dev.tapeline.embedded.StandInBus;
import dev.tapeline.plant.supply.PlantBus;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.bus.RedisStats;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.lease.RedisNodes;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.server.config.BuiltInChannels;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.nodes.BusReport;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The bus, the cache and the leases that all parts share: in this process, or on Redis.
 *
 * @param own the bus of this node's gateway and feed, which may go on without the others
 * @param standIn the same, if it goes on without the others
 * @param redis where it is on Redis
 * @param shared what nodes know of each other
 * @param problem why the bus is down, for people to read
 * @param begin starts what works on the bus by itself, once that was started
 * @param after ends what is there for the bus and the cache, after both
 */
record Backbone(
    Bus bus,
    Bus own,
    Optional<StandInBus> standIn,
    Cache cache,
    Optional<OnRedis> redis,
    Shared shared,
    Supplier<String> problem,
    Runnable begin,
    Runnable after)
    implements PlantBus, AutoCloseable {

  /**
   * What nodes know of each other.
   *
   * @param figures how this node stands with the bus
   * @param held the leases that this node holds, that of its feed aside
   */
  record Shared(
      Leases leases, Nodes nodes, Supplier<BusReport> figures, Supplier<List<String>> held) {}

  /**
   * What only Redis has.
   *
   * @param cluster whether a server that refuses is one of several
   */
  record OnRedis(RedisBus bus, Refusals refusals, boolean cluster) {}

  private static final long LOOK_AGAIN_NANOS = 2_000_000;
  private static final int MAX_CACHE_KEYS = 500_000;

  static Backbone of(Settings settings, MeterRegistry meters) {
    return settings
        .redis()
        .map(redis -> onRedis(redis, settings, meters))
        .orElseGet(() -> embedded(settings, meters));
  }

  private static Backbone embedded(Settings settings, MeterRegistry meters) {
    long bytes = settings.tuning().logsTotalBytes();
    EmbeddedBus bus =
        new EmbeddedBus(
            settings.limits().channels(), bytes, settings.durable(), System::currentTimeMillis);
    EmbeddedCache cache =
        new EmbeddedCache(MAX_CACHE_KEYS, bytes / 2, () -> System.nanoTime() / 1_000_000);
    EmbeddedMeters.bind(meters, bus, cache);
    return new Backbone(
        bus,
        bus,
        Optional.empty(),
        cache,
        Optional.empty(),
        new Shared(
            new EmbeddedLeases(System::currentTimeMillis),
            new EmbeddedNodes(System::currentTimeMillis),
            () -> BusReport.embedded(bus.state() == Bus.State.UP),
            List::of),
        () -> "it is closed",
        () -> {},
        () -> {});
  }

  private static Backbone onRedis(RedisSettings redis, Settings settings, MeterRegistry meters) {
    RedisConnector connector = RedisConnectors.of(redis);
    DurableRules durable = settings.durable();
    RedisBus bus = new RedisBus(connector, durable, BuiltInChannels.LATEST_LISTS);
    RedisLeases leases = new RedisLeases(connector, bus);
    RedisAdopter adopter = new RedisAdopter(connector, bus, leases, durable, settings.node());
    RedisMeters.bind(meters, bus, adopter, connector.refusals());
    Optional<StandInBus> standIn = standIn(bus, durable, settings);
    boolean adopts = settings.role().hasFeed() || settings.role().hasGateway();
    return new Backbone(
        bus,
        standIn.<Bus>map(it -> it).orElse(bus),
        standIn,
        new RedisCache(connector),
        Optional.of(new OnRedis(bus, connector.refusals(), redis.isCluster())),
        new Shared(leases, new RedisNodes(connector, leases), () -> figures(bus), adopter::leases),
        bus::problem,
        adopts ? adopter::start : () -> {},
        () -> {
          adopter.close();
          leases.close();
          connector.close();
        });
  }

  /** A node with a feed and clients serves these also while Redis is away. */
  private static Optional<StandInBus> standIn(
      RedisBus bus, DurableRules durable, Settings settings) {
    return settings.role().hasFeed() && settings.role().hasGateway()
        ? Optional.of(
            new StandInBus(
                bus,
                durable,
                settings.limits().channels(),
                settings.tuning().logsTotalBytes(),
                System::currentTimeMillis))
        : Optional.empty();
  }

  private static BusReport figures(RedisBus bus) {
    RedisStats stats = bus.stats();
    return BusReport.redis(
        bus.state() == Bus.State.UP,
        stats.lastPing().toNanos(),
        stats.unanswered(),
        stats.reconnects(),
        stats.holes(),
        stats.repaired());
  }

  @Override
  public boolean standsIn() {
    return standIn.isPresent();
  }

  @Override
  public Leases leases() {
    return shared.leases();
  }

  @Override
  public CompletionStage<Void> publishAlone(List<Publication> batch) {
    return standIn
        .map(bus -> bus.publishAlone(batch))
        .orElseGet(() ->
            CompletableFuture.failedFuture(new BusException("the lease of the feed is not held")));
  }

  /** Why Redis takes no writes, although it is there; empty while it does. */
  Optional<Refusals.Reason> refusal() {
    return redis.flatMap(it -> it.refusals().present());
  }

  @Override
  public boolean refusesAll() {
    return redis.filter(it -> !it.cluster()).isPresent() && refusal().isPresent();
  }

  @Override
  public void standAside(boolean aside) {
    boolean changed = standIn.filter(bus -> bus.setAside(aside)).isPresent();
    if (changed && !aside) {
      redis.ifPresent(it -> it.bus().renew("it is used again, by another connection"));
    }
  }

  @Override
  public boolean isUp() {
    return bus.state() == Bus.State.UP;
  }

  /** Waits until the bus is up, for a limited time. */
  void awaitUp(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!isUp() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Override
  public void close() {
    own.close();
    cache.close();
    after.run();
  }
}
