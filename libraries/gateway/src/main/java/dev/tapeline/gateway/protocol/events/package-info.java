/** Server-sent events: the native protocol's messages for clients that only listen. */
@NullMarked
package dev.tapeline.gateway.protocol.events;

import org.jspecify.annotations.NullMarked;
