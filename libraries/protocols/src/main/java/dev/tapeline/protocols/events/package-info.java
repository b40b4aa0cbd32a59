/** Server-sent events: the native protocol's messages for clients that only listen. */
@NullMarked
package dev.tapeline.protocols.events;

import org.jspecify.annotations.NullMarked;
