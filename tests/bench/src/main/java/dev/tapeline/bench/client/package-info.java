/** The client side of the connections: handshakes, and the frames in both directions. */
@NullMarked
package dev.tapeline.bench.client;

import org.jspecify.annotations.NullMarked;
