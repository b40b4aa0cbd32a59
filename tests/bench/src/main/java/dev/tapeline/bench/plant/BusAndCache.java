package dev.tapeline.bench.plant;

import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bus without subscribers and a cache, in this process or on a Redis.
 *
 * @param atEnd what is to be closed, in order
 */
public record BusAndCache(Bus bus, Cache cache, List<Runnable> atEnd) implements AutoCloseable {

  private static final String PREFIX = "tapeline-bench:";
  private static final int CHANNELS = 50_000;
  private static final int KEYS = 50_000;
  private static final long CACHE_BYTES = 128L << 20;

  /**
   * On a Redis, or in this process.
   *
   * @param url the value of the option {@code --redis}; null for this process
   * @throws dev.tapeline.bench.cli.OptionException if it is no address
   * @throws dev.tapeline.bench.cli.BenchException if Redis does not answer
   */
  public static BusAndCache of(@Nullable String url) throws InterruptedException {
    return url == null
        ? embedded()
        : onRedis(OptionCheck.read("--redis", () -> RedisAddress.parse(url)));
  }

  private static BusAndCache embedded() {
    EmbeddedBus bus = new EmbeddedBus(CHANNELS);
    EmbeddedCache cache = new EmbeddedCache(KEYS, CACHE_BYTES, System::currentTimeMillis);
    bus.start(Bus.Listener.DEAF);
    return new BusAndCache(bus, cache, List.of(bus::close, cache::close));
  }

  private static BusAndCache onRedis(RedisAddress address) throws InterruptedException {
    RedisConnector connector = RedisConnectors.of(RedisSettings.of(address).withKeyPrefix(PREFIX));
    RedisBus bus = new RedisBus(connector, DurableRules.NONE);
    RedisCache cache = new RedisCache(connector);
    BusAndCache both =
        new BusAndCache(bus, cache, List.of(cache::close, bus::close, connector::close));
    try {
      bus.start(Bus.Listener.DEAF);
      Waiting.await(() -> bus.state() == Bus.State.UP, "Redis does not answer");
      return both;
    } catch (RuntimeException | InterruptedException e) {
      both.close();
      throw e;
    }
  }

  @Override
  public void close() {
    atEnd.forEach(Runnable::run);
  }
}
