/**
 * Instruments, ticks, the order book, and what a session amounts to. Pure: no I/O, no clock, no
 * randomness; the same ticks always give the same state.
 */
@NullMarked
package dev.tapeline.market;

import org.jspecify.annotations.NullMarked;
