/** Ticks to publications and cached values, in the wire formats of the market channels. */
@NullMarked
package dev.tapeline.server.publish;

import org.jspecify.annotations.NullMarked;
