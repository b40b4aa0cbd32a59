package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.bus.RedisStats;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.topology.Refusals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of the bus on Redis. */
final class RedisMeters {

  private static final String PREFIX = "tapeline.redis.";

  private RedisMeters() {}

  static void bind(MeterRegistry meters, RedisBus bus, RedisAdopter adopter, Refusals refusals) {
    bindLink(meters, bus);
    bindMessages(meters, bus);
    bindLogs(meters, bus);
    bindAdopter(meters, adopter);
    bindRefusals(meters, refusals);
  }

  private static void bindLink(MeterRegistry meters, RedisBus bus) {
    gauge(meters, "up", "1 while the bus is up", bus, it -> it.state() == Bus.State.UP ? 1 : 0);
    gauge(meters, "unanswered", "Unanswered commands to Redis", bus, it -> it.stats().unanswered());
    gauge(
        meters,
        "ping.seconds",
        "Time of the newest ping of Redis",
        bus,
        it -> it.stats().lastPing().toNanos() / 1e9);
    counter(
        meters,
        "reconnects",
        "Connections to Redis that were lost and made again",
        bus,
        RedisStats::reconnects);
  }

  private static void bindMessages(MeterRegistry meters, RedisBus bus) {
    counter(meters, "published", "Publications to Redis", bus, RedisStats::published);
    counter(meters, "received", "Publications from Redis", bus, RedisStats::received);
    counter(
        meters,
        "duplicates.dropped",
        "Publications that came twice and were dropped",
        bus,
        RedisStats::droppedDuplicates);
    counter(
        meters,
        "invalid.names.dropped",
        "Publications dropped because their channel's name is not allowed",
        bus,
        RedisStats::droppedInvalidNames);
    counter(
        meters,
        "subscriptions.refused",
        "Subscriptions that Redis refused",
        bus,
        RedisStats::refusedSubscriptions);
  }

  private static void bindLogs(MeterRegistry meters, RedisBus bus) {
    counter(meters, "log.holes", "Missing broadcasts of durable channels", bus, RedisStats::holes);
    counter(
        meters,
        "log.repaired",
        "Publications read from a log in place of a broadcast",
        bus,
        RedisStats::repaired);
    counter(
        meters,
        "plain.ignored",
        "Plain messages on durable channels that another node adopts",
        bus,
        RedisStats::ignoredPlain);
  }

  private static void bindAdopter(MeterRegistry meters, RedisAdopter adopter) {
    FunctionCounter.builder(PREFIX + "adopted", adopter, RedisAdopter::adopted)
        .description("Plain messages that this node added to logs")
        .register(meters);
    FunctionCounter.builder(PREFIX + "adopted.lost", adopter, RedisAdopter::lost)
        .description("Plain messages not logged because Redis took no writes")
        .register(meters);
    Gauge.builder(PREFIX + "adopter.partitions", adopter, RedisAdopter::partitions)
        .description("Partitions whose plain messages this node adopts")
        .register(meters);
  }

  private static void bindRefusals(MeterRegistry meters, Refusals refusals) {
    FunctionCounter.builder(PREFIX + "writes.refused", refusals, Refusals::total)
        .description("Writes refused because Redis took none at the time")
        .register(meters);
    Gauge.builder(PREFIX + "refusing", refusals, it -> it.present().isPresent() ? 1 : 0)
        .description("1 while Redis is connected but takes no writes")
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters,
      String name,
      String help,
      RedisBus bus,
      ToDoubleFunction<RedisBus> value) {
    Gauge.builder(PREFIX + name, bus, value).description(help).register(meters);
  }

  private static void counter(
      MeterRegistry meters,
      String name,
      String help,
      RedisBus bus,
      ToDoubleFunction<RedisStats> value) {
    FunctionCounter.builder(PREFIX + name, bus, it -> value.applyAsDouble(it.stats()))
        .description(help)
        .register(meters);
  }
}
