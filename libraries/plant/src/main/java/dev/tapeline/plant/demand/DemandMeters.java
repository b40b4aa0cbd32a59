package dev.tapeline.plant.demand;

import dev.tapeline.core.Demand;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** The metrics of a node's demand. */
public final class DemandMeters {

  private static final String PREFIX = "tapeline.demand.";

  private DemandMeters() {}

  /**
   * Registers the metrics.
   *
   * @param book counts refusals too; null on a node without sources
   */
  public static void bind(MeterRegistry meters, Demand demand, @Nullable DemandBook book) {
    Gauge.builder(PREFIX + "channels", demand, it -> it.own().channels())
        .description("Channels that clients of this node ask for by name")
        .register(meters);
    Gauge.builder(PREFIX + "patterns", demand, it -> it.own().patterns())
        .description("Patterns that clients of this node ask for")
        .register(meters);
    FunctionCounter.builder(
            PREFIX + "refused", demand, it -> it.refused() + (book == null ? 0 : book.refused()))
        .description("Channels and patterns not counted because there were too many")
        .register(meters);
  }
}
