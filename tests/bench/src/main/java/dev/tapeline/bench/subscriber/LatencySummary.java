package dev.tapeline.bench.subscriber;

import org.HdrHistogram.Histogram;

/**
 * The latency from the time when a message was due, of connections that are not slow, in
 * milliseconds; written as JSON in this form.
 */
public record LatencySummary(long samples, double p50, double p99, double p999, double max) {

  /** The summary of a histogram in microseconds. */
  public static LatencySummary of(Histogram micros) {
    return new LatencySummary(
        micros.getTotalCount(),
        millis(micros, 50),
        millis(micros, 99),
        millis(micros, 99.9),
        micros.getMaxValue() / 1e3);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
