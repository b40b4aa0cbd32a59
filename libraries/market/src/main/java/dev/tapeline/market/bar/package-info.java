/** Bars: the open, high, low, close and volume of an instrument over equal times of a session. */
@NullMarked
package dev.tapeline.market.bar;

import org.jspecify.annotations.NullMarked;
