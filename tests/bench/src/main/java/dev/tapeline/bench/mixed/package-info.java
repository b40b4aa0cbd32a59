/** The command {@code mixed}: clients of all protocols on the same channels. */
@NullMarked
package dev.tapeline.bench.mixed;

import org.jspecify.annotations.NullMarked;
