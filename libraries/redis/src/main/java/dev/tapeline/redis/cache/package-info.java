/** The cache on Redis. */
@NullMarked
package dev.tapeline.redis.cache;

import org.jspecify.annotations.NullMarked;
