/** The history over REST: candles, indicators and ticks of an instrument, by pages of time. */
@NullMarked
package dev.tapeline.rest.history;

import org.jspecify.annotations.NullMarked;
