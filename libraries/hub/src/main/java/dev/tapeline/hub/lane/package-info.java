/**
 * The hub: the channels with their rings, and the lanes whose connections read these by cursor.
 *
 * <p>One publication is numbered and encoded once, by the thread that brings it; a lane (one event
 * loop) owns its sessions and their subscriptions, so none of these is locked.
 */
@NullMarked
package dev.tapeline.hub.lane;

import org.jspecify.annotations.NullMarked;
