package dev.tapeline.server.backfill;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of what is fetched of vendors' histories. */
final class BackfillMeters {

  private BackfillMeters() {}

  static void bind(String source, VendorFiller filler, MeterRegistry registry) {
    count("calls", "Calls for bars of a vendor's own history", BackfillCounts::calls)
        .bind(source, filler, registry);
    count("bars", "Bars that were fetched and stored", BackfillCounts::bars)
        .bind(source, filler, registry);
    count("failures", "Calls for bars that have failed", BackfillCounts::failures)
        .bind(source, filler, registry);
    count("refused", "Gaps beyond the queue or the calls of a day", BackfillCounts::refused)
        .bind(source, filler, registry);
    Gauge.builder("tapeline.backfill.waiting", filler, VendorFiller::waiting)
        .tag("source", source)
        .description("Gaps and instruments that wait for their calls")
        .register(registry);
  }

  private record Count(String name, String words, ToDoubleFunction<BackfillCounts> value) {

    void bind(String source, VendorFiller filler, MeterRegistry registry) {
      FunctionCounter.builder("tapeline.backfill." + name, filler.counts(), value)
          .tag("source", source)
          .description(words)
          .register(registry);
    }
  }

  private static Count count(String name, String words, ToDoubleFunction<BackfillCounts> value) {
    return new Count(name, words, value);
  }
}
