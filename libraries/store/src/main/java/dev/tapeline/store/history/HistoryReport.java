package dev.tapeline.store.history;

import org.jspecify.annotations.Nullable;

/**
 * How the recording of the history goes.
 *
 * @param problem why the store takes nothing; null while it does
 * @param lagMillis how long ago the store had everything; 0 while it has
 * @param waiting the rows that wait for the store
 * @param stored the rows that the store has taken so far
 * @param dropped the rows that there was no room for, as the store was away or too slow
 * @param refused the rows that the store can't keep
 */
public record HistoryReport(
    @Nullable String problem,
    long lagMillis,
    int waiting,
    long stored,
    long dropped,
    long refused) {}
