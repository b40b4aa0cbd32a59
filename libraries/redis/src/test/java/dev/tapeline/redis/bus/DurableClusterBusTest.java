package dev.tapeline.redis.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableBusContract;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Durable channels on a real cluster, each partition where its slot is. */
class DurableClusterBusTest extends DurableBusContract {

  private static RealCluster cluster;
  private static RedisConnector connector;

  @BeforeAll
  static void startCluster() {
    cluster = RealCluster.running();
    connector = RedisConnectors.of(cluster.settings(""));
  }

  @AfterAll
  static void stopCluster() {
    connector.close();
    cluster.close();
  }

  @Override
  protected Bus newBus() {
    cluster.masters().forEach(master -> master.ask("FLUSHALL"));
    return new RedisBus(connector, RULES);
  }
}
