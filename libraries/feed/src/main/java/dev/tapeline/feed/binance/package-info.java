/** Binance spot market data: its JSON to ticks. */
@NullMarked
package dev.tapeline.feed.binance;

import org.jspecify.annotations.NullMarked;
