/**
 * The bus and the cache on Redis. Owns the names of its keys and channels: {@code docs/redis.md}.
 */
@NullMarked
package dev.tapeline.redis;

import org.jspecify.annotations.NullMarked;
