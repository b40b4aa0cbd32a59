/**
 * The command {@code bytes}: what an option chain costs for many clients, whole, compressed or as
 * deltas.
 */
@NullMarked
package dev.tapeline.bench.bytes;

import org.jspecify.annotations.NullMarked;
