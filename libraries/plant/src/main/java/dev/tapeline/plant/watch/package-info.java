/** What each source is to watch, from what is wanted of the channels. */
@NullMarked
package dev.tapeline.plant.watch;

import org.jspecify.annotations.NullMarked;
