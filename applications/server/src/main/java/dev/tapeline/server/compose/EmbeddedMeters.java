package dev.tapeline.server.compose;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.LogStats;
import dev.tapeline.embedded.StoreStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The metrics of the bus and the cache in this process. */
final class EmbeddedMeters {

  private final MeterRegistry meters;

  private EmbeddedMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  static void bind(MeterRegistry meters, EmbeddedBus bus, EmbeddedCache cache) {
    EmbeddedMeters bound = new EmbeddedMeters(meters);
    bound.logs(bus);
    bound.held("tapeline.newest", "newest values of plain channels", bus, EmbeddedBus::newestHeld);
    bound.held("tapeline.cache", "keys of the cache", cache, EmbeddedCache::held);
  }

  private void logs(EmbeddedBus bus) {
    log(bus, "channels", "Durable channels with a log", LogStats::channels);
    log(bus, "bytes", "Approximate memory of all logs", LogStats::bytes);
    logCount(bus, "trimmed", "Publications trimmed by their channel's bounds", LogStats::trimmed);
    logCount(bus, "evicted", "Logs evicted for others", LogStats::evicted);
    logCount(
        bus,
        "ids.forgotten",
        "Idempotency keys forgotten before they expired",
        LogStats::idsForgotten);
  }

  private void log(EmbeddedBus bus, String name, String help, ToDoubleFunction<LogStats> value) {
    gauge("tapeline.log." + name, help, bus, it -> value.applyAsDouble(it.logStats()));
  }

  private void logCount(
      EmbeddedBus bus, String name, String help, ToDoubleFunction<LogStats> value) {
    counter("tapeline.log." + name, help, bus, it -> value.applyAsDouble(it.logStats()));
  }

  private <S> void held(String prefix, String what, S store, Function<S, StoreStats> held) {
    gauge(prefix + ".entries", "Number of " + what, store, it -> held.apply(it).entries());
    gauge(prefix + ".bytes", "Approximate memory of " + what, store, it -> held.apply(it).bytes());
    counter(
        prefix + ".evicted", "Evicted for others: " + what, store, it -> held.apply(it).evicted());
  }

  /** The registry refers to the store weakly, so it must be the one that the server keeps. */
  private <S> void gauge(String name, String help, S store, ToDoubleFunction<S> value) {
    Gauge.builder(name, store, value).description(help).register(meters);
  }

  private <S> void counter(String name, String help, S store, ToDoubleFunction<S> value) {
    FunctionCounter.builder(name, store, value).description(help).register(meters);
  }
}
