/**
 * What a client gets of a channel: how much of it, in which shape, and what is left of that while
 * the client does not keep up.
 */
@NullMarked
package dev.tapeline.hub.delivery;

import org.jspecify.annotations.NullMarked;
