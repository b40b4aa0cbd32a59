/** The command {@code packets}: Dhan's packets from memory to ticks, and to bus and cache. */
@NullMarked
package dev.tapeline.bench.packets;

import org.jspecify.annotations.NullMarked;
