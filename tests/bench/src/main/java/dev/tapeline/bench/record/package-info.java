/**
 * The command {@code record}: what recording costs the feed's thread, and how long a seek takes.
 */
@NullMarked
package dev.tapeline.bench.record;

import org.jspecify.annotations.NullMarked;
