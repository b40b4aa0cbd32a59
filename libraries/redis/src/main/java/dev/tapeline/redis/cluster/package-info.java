/** The topology of a Redis Cluster: its slots, redirections and sharded subscriptions. */
@NullMarked
package dev.tapeline.redis.cluster;

import org.jspecify.annotations.NullMarked;
