package dev.tapeline.store.database;

/**
 * Figures of the database since the start of this process.
 *
 * @param outages how often it was lost after it had been up
 * @param active connections that are in use
 * @param idle connections that are open and unused
 * @param waiting threads that wait for a connection
 */
public record DatabaseStats(long outages, int active, int idle, int waiting) {}
