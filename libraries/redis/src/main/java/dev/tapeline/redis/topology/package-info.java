/** Connections and sessions with Redis, whatever its topology; holds that of one server itself. */
@NullMarked
package dev.tapeline.redis.topology;

import org.jspecify.annotations.NullMarked;
