/** The bus on Redis Pub/Sub: joins what publishes and what receives. */
@NullMarked
package dev.tapeline.redis.bus;

import org.jspecify.annotations.NullMarked;
