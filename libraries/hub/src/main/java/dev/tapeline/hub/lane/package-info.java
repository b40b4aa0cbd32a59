/**
 * The lanes: event loops whose sessions read the channels by cursor.
 *
 * <p>One publication is numbered and encoded once, by the thread that brings it; a lane owns its
 * sessions and their subscriptions, so none of these is locked.
 */
@NullMarked
package dev.tapeline.hub.lane;

import org.jspecify.annotations.NullMarked;
