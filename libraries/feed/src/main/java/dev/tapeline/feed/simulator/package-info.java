/** A simulated market, the same for the same seed. */
@NullMarked
package dev.tapeline.feed.simulator;

import org.jspecify.annotations.NullMarked;
