/** The command {@code publish}: the ways of publishing on a Redis, side by side. */
@NullMarked
package dev.tapeline.bench.publish;

import org.jspecify.annotations.NullMarked;
