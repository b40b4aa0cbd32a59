package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedDemand;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.embedded.EmbeddedNodes;
import dev.tapeline.plant.bus.SharedBus;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.server.nodes.BusReport;
import dev.tapeline.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The backbone in this process, for this node alone. */
final class EmbeddedBackbone implements Backbone {

  private static final int MAX_CACHE_KEYS = 500_000;

  private final SharedBus bus;
  private final EmbeddedCache cache;
  private final Leases leases = new EmbeddedLeases(System::currentTimeMillis);
  private final Nodes nodes = new EmbeddedNodes(System::currentTimeMillis);
  private final Demand demand = new EmbeddedDemand();

  EmbeddedBackbone(Settings settings, MeterRegistry meters) {
    long bytes = settings.logsTotalBytes();
    EmbeddedBus embedded =
        new EmbeddedBus(
            settings.gateway().hub().maxChannels(),
            bytes,
            settings.durable(),
            System::currentTimeMillis);
    cache = new EmbeddedCache(MAX_CACHE_KEYS, bytes / 2, () -> System.nanoTime() / 1_000_000);
    EmbeddedMeters.bind(meters, embedded, cache);
    bus = new SharedBus(embedded, demand, Backbone.followed(settings));
  }

  @Override
  public Bus bus() {
    return bus;
  }

  @Override
  public SharedBus own() {
    return bus;
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
    return false;
  }

  @Override
  public boolean isUp() {
    return bus.state() == Bus.State.UP;
  }

  @Override
  public BusReport report() {
    return BusReport.embedded(isUp());
  }

  @Override
  public List<String> heldLeases() {
    return List.of();
  }

  @Override
  public String problem() {
    return "it is closed";
  }

  @Override
  public Optional<Refusals.Reason> refusal() {
    return Optional.empty();
  }

  @Override
  public void onRefusal(Consumer<Optional<Refusals.Reason>> listener) {}

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
    return CompletableFuture.failedFuture(new BusException("the lease of the feed is not held"));
  }

  @Override
  public void standAside(boolean aside) {}

  @Override
  public void begin() {}

  @Override
  public void close() {
    demand.close();
    bus.close();
    cache.close();
  }
}
