package dev.tapeline.server.runtime;

import dev.tapeline.core.EmbeddedBus;
import dev.tapeline.core.LogStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the logs of durable channels in this process hold and let go, as metrics. */
final class LogMeters {

  private static final String PREFIX = "tapeline.log.";

  private LogMeters() {}

  static void bind(MeterRegistry meters, EmbeddedBus bus) {
    gauge(meters, "channels", bus, LogStats::channels);
    gauge(meters, "bytes", bus, LogStats::bytes);
    counter(meters, "trimmed", bus, LogStats::trimmed);
    counter(meters, "evicted", bus, LogStats::evicted);
    counter(meters, "ids.forgotten", bus, LogStats::idsForgotten);
  }

  private static void gauge(
      MeterRegistry meters, String name, EmbeddedBus bus, ToDoubleFunction<LogStats> value) {
    Gauge.builder(PREFIX + name, bus, it -> value.applyAsDouble(it.logStats())).register(meters);
  }

  private static void counter(
      MeterRegistry meters, String name, EmbeddedBus bus, ToDoubleFunction<LogStats> value) {
    FunctionCounter.builder(PREFIX + name, bus, it -> value.applyAsDouble(it.logStats()))
        .register(meters);
  }
}
