/** The way from ticks to a bus and a cache, with counts of what passes. */
@NullMarked
package dev.tapeline.bench.plant;

import org.jspecify.annotations.NullMarked;
