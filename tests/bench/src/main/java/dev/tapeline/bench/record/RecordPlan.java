package dev.tapeline.bench.record;

/**
 * What is recorded.
 *
 * @param frames of the whole day
 * @param rate frames in a second while the cost is measured
 * @param seconds how long it is measured
 * @param warmUp seconds before
 * @param seeks how often a time is looked for
 */
record RecordPlan(long frames, int rate, double seconds, double warmUp, int seeks) {}
