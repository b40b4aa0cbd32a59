/** The WebSocket of a connection: its handshake, compression, and message sizes. */
@NullMarked
package dev.tapeline.gateway.listen.websocket;

import org.jspecify.annotations.NullMarked;
