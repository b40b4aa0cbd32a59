/** The binary packets of Dhan's live feed and depth sockets, and the ticks that they become. */
@NullMarked
package dev.tapeline.feed.dhan.packet;

import org.jspecify.annotations.NullMarked;
