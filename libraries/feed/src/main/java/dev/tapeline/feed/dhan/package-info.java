/**
 * Dhan as a vendor: the conversation about its live feed, depth sockets, REST interface and order
 * updates. No network, no thread and no clock is in it.
 */
@NullMarked
package dev.tapeline.feed.dhan;

import org.jspecify.annotations.NullMarked;
