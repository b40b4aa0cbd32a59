/**
 * The network below the conversations with vendors: sockets and calls, and the feed that puts what
 * arrives in order for a session.
 */
@NullMarked
package dev.tapeline.feed.net;

import org.jspecify.annotations.NullMarked;
