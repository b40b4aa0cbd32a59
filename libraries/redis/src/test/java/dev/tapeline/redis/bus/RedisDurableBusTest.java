package dev.tapeline.redis.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableBusContract;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One instance for all its tests, as its subclass may run at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisDurableBusTest extends DurableBusContract {

  private RealRedis redis;
  private RedisConnector connector;

  @BeforeAll
  void startRedis() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
  }

  @AfterAll
  void stopRedis() {
    connector.close();
    redis.close();
  }

  @Override
  protected Bus newBus() {
    redis.ask("FLUSHALL");
    return new RedisBus(connector, RULES, TickLists.RULES, onlyScripts());
  }

  boolean onlyScripts() {
    return false;
  }
}
