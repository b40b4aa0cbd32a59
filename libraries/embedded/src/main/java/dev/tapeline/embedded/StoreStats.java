package dev.tapeline.embedded;

/**
 * What a store in this process holds, and what it had to let go.
 *
 * @param entries channels or keys
 * @param bytes about the memory that they take
 * @param evicted entries that were given up for others, as the store was full
 */
public record StoreStats(int entries, long bytes, long evicted) {}
