package dev.tapeline.server.compose;

import dev.tapeline.feed.record.ArrivalRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of a recorder, under the name of its source. */
final class RecorderMeters {

  private static final String PREFIX = "tapeline.recorder.";

  private final MeterRegistry meters;
  private final String source;
  private final ArrivalRecorder recorder;

  private RecorderMeters(MeterRegistry meters, String source, ArrivalRecorder recorder) {
    this.meters = meters;
    this.source = source;
    this.recorder = recorder;
  }

  static void bind(MeterRegistry meters, Recorders recorders) {
    recorders.all().forEach((source, each) -> new RecorderMeters(meters, source, each).bind());
  }

  private void bind() {
    counter("recorded", "Arrivals of the source that were recorded", ArrivalRecorder::recorded);
    counter("lost", "Arrivals of the source that are missing", ArrivalRecorder::lost);
    counter("bytes", "Bytes that the recording has taken", ArrivalRecorder::bytes);
    counter("failures", "Times that the recording could not be written", ArrivalRecorder::failures);
  }

  private void counter(String name, String help, ToDoubleFunction<ArrivalRecorder> value) {
    FunctionCounter.builder(PREFIX + name, recorder, value)
        .description(help)
        .tag("source", source)
        .register(meters);
  }
}
