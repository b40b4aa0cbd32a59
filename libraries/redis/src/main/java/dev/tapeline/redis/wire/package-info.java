/** The Redis protocol (RESP3) on a connection that subscribes: requests, replies and messages. */
@NullMarked
package dev.tapeline.redis.wire;

import org.jspecify.annotations.NullMarked;
