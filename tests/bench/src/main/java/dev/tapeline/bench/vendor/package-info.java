/**
 * The command {@code vendor}: the whole way from a vendor's packet to a client's socket, over a
 * simulator, a server and a Redis, each a process of its own.
 */
@NullMarked
package dev.tapeline.bench.vendor;

import org.jspecify.annotations.NullMarked;
