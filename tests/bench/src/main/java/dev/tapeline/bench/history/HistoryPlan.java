package dev.tapeline.bench.history;

/**
 * What is measured.
 *
 * @param ticks how many are stored at once
 * @param symbols of which five days of minutes are stored
 * @param queries how often the minutes of one symbol are read
 * @param rate ticks a second while the store is killed, and away
 * @param awaySeconds how long it is away
 */
record HistoryPlan(int ticks, int symbols, int queries, int rate, int awaySeconds) {}
