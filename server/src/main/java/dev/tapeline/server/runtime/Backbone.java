package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.EmbeddedBus;
import dev.tapeline.core.EmbeddedCache;
import dev.tapeline.core.StandInBus;
import dev.tapeline.redis.RedisAdopter;
import dev.tapeline.redis.RedisBus;
import dev.tapeline.redis.RedisCache;
import dev.tapeline.redis.RedisConnector;
import dev.tapeline.redis.RedisLeases;
import dev.tapeline.redis.RedisSettings;
import dev.tapeline.server.config.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The bus and the cache that all parts share: in this process, or on Redis.
 *
 * @param own the bus of this node's gateway and feed, which may go on without the others
 * @param problem why the bus is down, for people to read
 * @param begin starts what works on the bus by itself, once that was started
 * @param after ends what is there for the bus and the cache, after both
 */
record Backbone(
    Bus bus, Bus own, Cache cache, Supplier<String> problem, Runnable begin, Runnable after)
    implements AutoCloseable {

  private static final long LOOK_AGAIN_NANOS = 2_000_000;
  private static final int MAX_CACHE_KEYS = 500_000;

  static Backbone of(Settings settings, MeterRegistry meters) {
    return settings
        .redis()
        .map(redis -> onRedis(redis, settings, meters))
        .orElseGet(() -> embedded(settings.limits().channels(), settings.durable(), meters));
  }

  private static Backbone embedded(int maxChannels, DurableRules durable, MeterRegistry meters) {
    EmbeddedBus bus = new EmbeddedBus(maxChannels, durable, System::currentTimeMillis);
    LogMeters.bind(meters, bus);
    return new Backbone(
        bus,
        bus,
        new EmbeddedCache(MAX_CACHE_KEYS, () -> System.nanoTime() / 1_000_000),
        () -> "it is closed",
        () -> {},
        () -> {});
  }

  private static Backbone onRedis(RedisSettings redis, Settings settings, MeterRegistry meters) {
    RedisConnector connector = new RedisConnector(redis);
    DurableRules durable = settings.durable();
    RedisBus bus = new RedisBus(connector, durable);
    RedisLeases leases = new RedisLeases(connector, bus);
    RedisAdopter adopter =
        new RedisAdopter(connector, bus, leases, durable, UUID.randomUUID().toString());
    RedisMeters.bind(meters, bus, adopter);
    boolean adopts = settings.role().hasFeed() || settings.role().hasGateway();
    return new Backbone(
        bus,
        own(bus, durable, settings),
        new RedisCache(connector),
        bus::problem,
        adopts ? adopter::start : () -> {},
        () -> {
          adopter.close();
          leases.close();
          connector.close();
        });
  }

  /** A node with a feed and clients serves these also while Redis is away. */
  private static Bus own(RedisBus bus, DurableRules durable, Settings settings) {
    return settings.role().hasFeed() && settings.role().hasGateway()
        ? new StandInBus(bus, durable, settings.limits().channels(), System::currentTimeMillis)
        : bus;
  }

  boolean isUp() {
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
