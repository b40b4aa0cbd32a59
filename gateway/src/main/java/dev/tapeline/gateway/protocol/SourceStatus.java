package dev.tapeline.gateway.protocol;

/**
 * How one source of data is: Redis, a vendor, a recording.
 *
 * @param source its name, such as {@code redis}
 * @param state live, stale, down, closed, replay or simulated
 * @param since since when, epoch milliseconds UTC
 */
public record SourceStatus(String source, String state, long since) {}
