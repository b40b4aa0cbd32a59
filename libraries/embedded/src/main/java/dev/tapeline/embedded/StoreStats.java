package dev.tapeline.embedded;

/**
 * The contents of a store in this process, and what it has evicted.
 *
 * @param entries channels or keys
 * @param bytes about the memory that they take
 * @param evicted entries that were given up for others, as the store was full
 */
public record StoreStats(int entries, long bytes, long evicted) {}
