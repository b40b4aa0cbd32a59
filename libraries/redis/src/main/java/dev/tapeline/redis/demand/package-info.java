/** The demand of all nodes that share a Redis. */
@NullMarked
package dev.tapeline.redis.demand;

import org.jspecify.annotations.NullMarked;
