/** The events of a market, and the studies that turn ticks and time into them. */
@NullMarked
package dev.tapeline.market.event;

import org.jspecify.annotations.NullMarked;
