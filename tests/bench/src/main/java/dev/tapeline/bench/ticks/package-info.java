/** The command {@code ticks}: the way of a tick from a recording to bus and cache. */
@NullMarked
package dev.tapeline.bench.ticks;

import org.jspecify.annotations.NullMarked;
