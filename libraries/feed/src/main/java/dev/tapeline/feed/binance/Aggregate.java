package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.TradeRange;

/**
 * The trades that one order of a taker made at one price, as Binance adds them up.
 *
 * @param number its own number
 */
record Aggregate(long number, TradeRange trades) {}
