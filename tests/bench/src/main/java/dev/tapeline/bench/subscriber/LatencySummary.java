package dev.tapeline.bench.subscriber;

/**
 * The latency from the time when a message was due, of connections that are not slow, in
 * milliseconds; written as JSON in this form.
 */
public record LatencySummary(long samples, double p50, double p99, double p999, double max) {}
