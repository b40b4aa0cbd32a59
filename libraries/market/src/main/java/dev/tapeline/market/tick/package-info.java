/** Market data as vendors send it: ticks, their times, exact decimals. */
@NullMarked
package dev.tapeline.market.tick;

import org.jspecify.annotations.NullMarked;
