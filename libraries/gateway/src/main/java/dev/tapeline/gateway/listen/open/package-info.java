/** Opening the client of a connection: its credential, its session, and its stream of events. */
@NullMarked
package dev.tapeline.gateway.listen.open;

import org.jspecify.annotations.NullMarked;
