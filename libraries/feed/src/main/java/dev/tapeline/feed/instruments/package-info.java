/** Instruments as JSON, for all that passes them on. */
@NullMarked
package dev.tapeline.feed.instruments;

import org.jspecify.annotations.NullMarked;
