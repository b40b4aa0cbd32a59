package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.redis.RedisAdopter;
import dev.tapeline.redis.RedisBus;
import dev.tapeline.redis.RedisStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the bus on Redis counts, as metrics. */
final class RedisMeters {

  private static final String PREFIX = "tapeline.redis.";

  private RedisMeters() {}

  static void bind(MeterRegistry meters, RedisBus bus, RedisAdopter adopter) {
    gauge(meters, "up", bus, it -> it.state() == Bus.State.UP ? 1 : 0);
    gauge(meters, "unanswered", bus, it -> it.stats().unanswered());
    gauge(meters, "ping.seconds", bus, it -> it.stats().lastPing().toNanos() / 1e9);
    counter(meters, "published", bus, RedisStats::published);
    counter(meters, "received", bus, RedisStats::received);
    counter(meters, "duplicates.dropped", bus, RedisStats::droppedDuplicates);
    counter(meters, "invalid.names.dropped", bus, RedisStats::droppedInvalidNames);
    counter(meters, "subscriptions.refused", bus, RedisStats::refusedSubscriptions);
    counter(meters, "reconnects", bus, RedisStats::reconnects);
    counter(meters, "log.holes", bus, RedisStats::holes);
    counter(meters, "log.repaired", bus, RedisStats::repaired);
    counter(meters, "plain.ignored", bus, RedisStats::ignoredPlain);
    FunctionCounter.builder(PREFIX + "adopted", adopter, RedisAdopter::adopted).register(meters);
    Gauge.builder(PREFIX + "adopter.partitions", adopter, RedisAdopter::partitions)
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters, String name, RedisBus bus, ToDoubleFunction<RedisBus> value) {
    Gauge.builder(PREFIX + name, bus, value).register(meters);
  }

  private static void counter(
      MeterRegistry meters, String name, RedisBus bus, ToDoubleFunction<RedisStats> value) {
    FunctionCounter.builder(PREFIX + name, bus, it -> value.applyAsDouble(it.stats()))
        .register(meters);
  }
}
