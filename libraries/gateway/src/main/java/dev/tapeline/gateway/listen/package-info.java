/**
 * From an open port to a client of a protocol: who may connect, the first request, the WebSocket
 * handshake, streams of events, and the relay to the REST server.
 */
@NullMarked
package dev.tapeline.gateway.listen;

import org.jspecify.annotations.NullMarked;
