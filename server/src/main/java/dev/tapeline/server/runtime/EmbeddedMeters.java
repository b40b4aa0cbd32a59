package dev.tapeline.server.runtime;

import dev.tapeline.core.EmbeddedBus;
import dev.tapeline.core.EmbeddedCache;
import dev.tapeline.core.Held;
import dev.tapeline.core.LogStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What bus and cache in this process hold and let go, as metrics. */
final class EmbeddedMeters {

  private final MeterRegistry meters;

  private EmbeddedMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  static void bind(MeterRegistry meters, EmbeddedBus bus, EmbeddedCache cache) {
    EmbeddedMeters bound = new EmbeddedMeters(meters);
    bound.logs(bus::logStats);
    bound.held("tapeline.newest", "newest values of plain channels", bus::newestHeld);
    bound.held("tapeline.cache", "keys of the cache", cache::held);
  }

  private void logs(Supplier<LogStats> logs) {
    gauge("tapeline.log.channels", "Durable channels with a log", logs, LogStats::channels);
    gauge("tapeline.log.bytes", "Memory of all logs, about", logs, LogStats::bytes);
    counter(
        "tapeline.log.trimmed",
        "Publications that exceeded the bounds of their channel",
        logs,
        LogStats::trimmed);
    counter("tapeline.log.evicted", "Logs given up for others", logs, LogStats::evicted);
    counter(
        "tapeline.log.ids.forgotten",
        "Idempotency keys that went before their time",
        logs,
        LogStats::idsForgotten);
  }

  private void held(String prefix, String what, Supplier<Held> held) {
    gauge(prefix + ".entries", "Number of " + what, held, Held::entries);
    gauge(prefix + ".bytes", "Memory of " + what + ", about", held, Held::bytes);
    counter(prefix + ".evicted", "Given up for others: " + what, held, Held::evicted);
  }

  private <T> void gauge(String name, String help, Supplier<T> of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, it -> value.applyAsDouble(it.get())).description(help).register(meters);
  }

  private <T> void counter(String name, String help, Supplier<T> of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, of, it -> value.applyAsDouble(it.get()))
        .description(help)
        .register(meters);
  }
}
