package dev.tapeline.chaos.history;

/**
 * A line of a record.
 *
 * @param line from 1 on
 * @param millis since the record began
 */
public record Entry(long line, long millis, Event event) {}
