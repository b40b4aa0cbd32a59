package dev.tapeline.server.backfill;

/**
 * A bar that should be there if there was trading; times are epoch ms UTC.
 *
 * @param vendorTime its time as vendors have it: for a day, midnight on the exchange's clock
 * @param time its time as the market has it
 * @param end the first millisecond after it
 */
record ExpectedBar(long vendorTime, long time, long end) {}
