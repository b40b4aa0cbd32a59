/**
 * The history of the market: bars, ticks, chain snapshots and figures, in a store behind a port.
 */
@NullMarked
package dev.tapeline.store.history;

import org.jspecify.annotations.NullMarked;
