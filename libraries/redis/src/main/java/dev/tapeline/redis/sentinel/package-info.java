/** The topology of a master that sentinels name, and its failovers. */
@NullMarked
package dev.tapeline.redis.sentinel;

import org.jspecify.annotations.NullMarked;
