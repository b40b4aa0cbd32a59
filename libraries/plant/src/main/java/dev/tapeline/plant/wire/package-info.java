/** Turns the events of the market into publications on channels and values in the cache. */
@NullMarked
package dev.tapeline.plant.wire;

import org.jspecify.annotations.NullMarked;
