package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Demand;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.StandInBus;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.bus.RedisStats;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.demand.RedisDemand;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.lease.RedisNodes;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.server.nodes.BusReport;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.BuiltInChannels;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The backbone on Redis, shared with other nodes. A node with sources and clients goes on serving
 * its own clients while Redis is away.
 */
final class RedisBackbone implements Backbone {

  private final RedisConnector connector;
  private final RedisBus bus;
  private final Optional<StandInBus> standIn;
  private final SharedBus own;
  private final Cache cache;
  private final RedisLeases leases;
  private final Nodes nodes;
  private final Demand demand;
  private final RedisAdopter adopter;
  private final boolean adopts;

  /** Whether Redis is a cluster, in which one server may refuse alone. */
  private final boolean cluster;

  RedisBackbone(RedisSettings redis, Settings settings, MeterRegistry meters) {
    DurableRules durable = settings.durable();
    connector = RedisConnectors.of(redis);
    bus = new RedisBus(connector, durable, BuiltInChannels.LATEST_LISTS);
    leases = new RedisLeases(connector, bus);
    nodes = new RedisNodes(connector, leases);
    demand = new RedisDemand(connector, leases, settings.node(), Demand.DEFAULT_MAX_WISHES);
    cache = new RedisCache(connector);
    adopter = new RedisAdopter(connector, bus, leases, durable, settings.node());
    adopts = settings.role().hasFeed() || settings.role().hasGateway();
    standIn = standIn(bus, durable, settings);
    own =
        new SharedBus(standIn.<Bus>map(it -> it).orElse(bus), demand, Backbone.followed(settings));
    cluster = redis.isCluster();
    RedisMeters.bind(meters, bus, adopter, connector.refusals());
  }

  private static Optional<StandInBus> standIn(
      RedisBus bus, DurableRules durable, Settings settings) {
    return settings.role().hasFeed() && settings.role().hasGateway()
        ? Optional.of(
            new StandInBus(
                bus,
                durable,
                settings.gateway().hub().maxChannels(),
                settings.logsTotalBytes(),
                System::currentTimeMillis))
        : Optional.empty();
  }

  @Override
  public Bus bus() {
    return bus;
  }

  @Override
  public SharedBus own() {
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
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Demand demand() {
    return demand;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean isUp() {
    return bus.state() == Bus.State.UP;
  }

  @Override
  public BusReport report() {
    RedisStats stats = bus.stats();
    return BusReport.redis(
        isUp(),
        stats.lastPing().toNanos(),
        stats.unanswered(),
        stats.reconnects(),
        stats.holes(),
        stats.repaired());
  }

  @Override
  public List<String> heldLeases() {
    return adopter.leases();
  }

  @Override
  public String problem() {
    return bus.problem();
  }

  @Override
  public Optional<Refusals.Reason> refusal() {
    return connector.refusals().present();
  }

  @Override
  public void onRefusal(Consumer<Optional<Refusals.Reason>> listener) {
    connector.refusals().onChange(listener);
    refusal().ifPresent(reason -> listener.accept(Optional.of(reason)));
  }

  /** Other servers of a cluster may accept what one of them refuses. */
  @Override
  public boolean refusesAll() {
    return !cluster && refusal().isPresent();
  }

  @Override
  public boolean standsIn() {
    return standIn.isPresent();
  }

  @Override
  public CompletionStage<Void> publishAlone(List<Publication> batch) {
    return standIn
        .map(it -> it.publishAlone(batch))
        .orElseGet(() ->
            CompletableFuture.failedFuture(new BusException("the lease of the feed is not held")));
  }

  @Override
  public void standAside(boolean aside) {
    boolean changed = standIn.filter(it -> it.setAside(aside)).isPresent();
    if (changed && !aside) {
      bus.renew("it is used again, by another connection");
    }
  }

  @Override
  public void begin() {
    if (adopts) {
      adopter.start();
    }
  }

  @Override
  public void close() {
    demand.close();
    own.close();
    cache.close();
    adopter.close();
    leases.close();
    connector.close();
  }
}
