/**
 * Instruments, ticks, the order book, and the figures of a session. Pure: no I/O, no clock, no
 * randomness; the same ticks always give the same state.
 */
@NullMarked
package dev.tapeline.market;

import org.jspecify.annotations.NullMarked;
