package dev.tapeline.redis.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusContract;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisBusTest extends BusContract {

  private static RealRedis redis;
  private static RedisConnector connector;

  @BeforeAll
  static void startRedis() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
  }

  @AfterAll
  static void stopRedis() {
    connector.close();
    redis.close();
  }

  @Override
  protected Bus newBus() {
    return new RedisBus(connector);
  }
}
