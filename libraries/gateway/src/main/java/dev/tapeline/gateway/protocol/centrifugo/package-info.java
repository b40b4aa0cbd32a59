/** Centrifugo's client protocol: JSON, version 2, over a WebSocket. */
@NullMarked
package dev.tapeline.gateway.protocol.centrifugo;

import org.jspecify.annotations.NullMarked;
