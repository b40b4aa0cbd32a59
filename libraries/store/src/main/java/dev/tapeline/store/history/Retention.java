package dev.tapeline.store.history;

import java.time.Duration;

/**
 * How long rows are kept, by the time of the row. Bars of days, weeks and months, and figures, are
 * kept for good.
 */
public record Retention(Duration bars, Duration ticks, Duration chains) {}
