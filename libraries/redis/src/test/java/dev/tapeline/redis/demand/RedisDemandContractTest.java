package dev.tapeline.redis.demand;

import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandContract;
import dev.tapeline.core.DurableRules;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.topology.RedisConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisDemandContractTest extends DemandContract {

  private static RealRedis redis;
  private static RedisConnector connector;
  private static RedisLeases leases;

  @BeforeAll
  static void startRedis() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
    leases = new RedisLeases(connector, new RedisBus(connector, DurableRules.NONE));
  }

  @AfterAll
  static void stopRedis() {
    leases.close();
    connector.close();
    redis.close();
  }

  @Override
  protected Demand newDemand() {
    return new RedisDemand(connector, leases, "n", MAX);
  }
}
