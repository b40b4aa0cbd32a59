/** The command {@code plant}: the way of a packet to all publications, with bars and indicators. */
@NullMarked
package dev.tapeline.bench.whole;

import org.jspecify.annotations.NullMarked;
