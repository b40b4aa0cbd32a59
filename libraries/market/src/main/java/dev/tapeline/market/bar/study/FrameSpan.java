package dev.tapeline.market.bar.study;

/**
 * The time that one bar covers, epoch ms UTC.
 *
 * @param begin the first millisecond, which is the bar's time
 * @param end the first millisecond after it
 */
record FrameSpan(long begin, long end) {}
