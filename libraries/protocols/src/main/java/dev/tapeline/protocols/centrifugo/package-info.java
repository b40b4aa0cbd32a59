/** Centrifugo's client protocol: JSON, version 2, over a WebSocket. */
@NullMarked
package dev.tapeline.protocols.centrifugo;

import org.jspecify.annotations.NullMarked;
