package dev.tapeline.embedded;

/**
 * The contents of the logs in this process, and what they have dropped.
 *
 * @param bytes about the memory of all logs
 * @param trimmed publications that exceeded their channel's bounds
 * @param evicted logs that were given up for others; each ended an epoch
 * @param idsForgotten idempotency keys that went before their time, as a channel had too many
 */
public record LogStats(int channels, long bytes, long trimmed, long evicted, long idsForgotten) {}
