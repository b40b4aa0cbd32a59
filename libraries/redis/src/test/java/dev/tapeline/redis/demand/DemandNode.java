package dev.tapeline.redis.demand;

import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process of a test, with connections of its own: it can end in order, or die. */
final class DemandNode implements AutoCloseable {

  static final DemandPace FAST = new DemandPace(Duration.ofMillis(300), Duration.ofSeconds(3));

  private final RedisConnector connector;
  private final RedisLeases leases;
  private final RedisDemand demand;
  private final DemandRecorder heard = new DemandRecorder();

  DemandNode(String name, RedisSettings settings, DemandPace pace) {
    connector = RedisConnectors.of(settings);
    leases = new RedisLeases(connector, new RedisBus(connector, DurableRules.NONE));
    demand = new RedisDemand(connector, leases, name, Demand.DEFAULT_MAX_WISHES, pace);
  }

  /** One that listens. */
  static DemandNode listening(String name, RedisSettings settings, DemandPace pace) {
    DemandNode node = new DemandNode(name, settings, pace);
    node.demand.listen(node.heard);
    return node;
  }

  RedisDemand demand() {
    return demand;
  }

  /** What its listener was told. */
  DemandRecorder heard() {
    return heard;
  }

  void want(String... texts) {
    demand.want(selectors(texts));
  }

  void release(String... texts) {
    demand.release(selectors(texts));
  }

  static List<Selector> selectors(String... texts) {
    return Stream.of(texts).map(Selector::parse).toList();
  }

  /** Ends as a crash does, without a word; what it heard stays. */
  void die() {
    leases.close();
    demand.close();
    connector.close();
  }

  @Override
  public void close() {
    demand.close();
    leases.close();
    connector.close();
  }
}
