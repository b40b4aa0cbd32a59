/** The market ticks that other processes publish, as a feed. */
@NullMarked
package dev.tapeline.plant.foreign;

import org.jspecify.annotations.NullMarked;
