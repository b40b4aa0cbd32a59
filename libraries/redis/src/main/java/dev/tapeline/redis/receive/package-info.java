/** The receiving half of the bus: subscriptions, and the broadcasts of durable channels. */
@NullMarked
package dev.tapeline.redis.receive;

import org.jspecify.annotations.NullMarked;
