package dev.tapeline.server.history;

import dev.tapeline.store.history.HistoryRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of the recorder, and of the reader of the past. */
public final class HistoryMeters {

  private HistoryMeters() {}

  /** Adds them to a registry. */
  public static void bind(HistoryRecorder recorder, MeterRegistry registry) {
    Gauge.builder("tapeline.history.up", recorder, it -> it.report().problem() == null ? 1 : 0)
        .description("1 while the store takes the history")
        .register(registry);
    Gauge.builder("tapeline.history.lag", recorder, it -> it.report().lagMillis() / 1_000.0)
        .baseUnit("seconds")
        .description("How long ago the store had all rows")
        .register(registry);
    Gauge.builder("tapeline.history.waiting", recorder, it -> it.report().waiting())
        .description("Rows that wait for the store")
        .register(registry);
    FunctionCounter.builder("tapeline.history.stored", recorder, it -> it.report().stored())
        .description("Rows that the store has taken")
        .register(registry);
    FunctionCounter.builder("tapeline.history.dropped", recorder, HistoryRecorder::droppedTicks)
        .tag("kind", "ticks")
        .description("Rows that there was no room for while the store was away or slow")
        .register(registry);
    FunctionCounter.builder("tapeline.history.dropped", recorder, HistoryRecorder::droppedChains)
        .tag("kind", "chains")
        .description("Rows that there was no room for while the store was away or slow")
        .register(registry);
    FunctionCounter.builder("tapeline.history.dropped", recorder, HistoryRecorder::droppedOthers)
        .tag("kind", "others")
        .description("Rows that there was no room for while the store was away or slow")
        .register(registry);
    FunctionCounter.builder("tapeline.history.refused", recorder, it -> it.report().refused())
        .description("Rows that the store can't keep")
        .register(registry);
  }

  /** Adds those of a reader to a registry. */
  static void bind(PastBarReader reader, MeterRegistry registry) {
    past(registry, "answered", reader, PastBarReader::answered);
    past(registry, "failed", reader, PastBarReader::failed);
    FunctionCounter.builder("tapeline.history.past.bars", reader, PastBarReader::bars)
        .description("Stored bars that bars and indicators began with")
        .register(registry);
  }

  private static void past(
      MeterRegistry registry,
      String outcome,
      PastBarReader reader,
      ToDoubleFunction<PastBarReader> count) {
    FunctionCounter.builder("tapeline.history.past", reader, count)
        .tag("outcome", outcome)
        .description("Times that the past of an instrument was asked for")
        .register(registry);
  }
}
