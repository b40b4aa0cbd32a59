/**
 * The channels on this node: their rings, what is read of their logs, and what the bus is asked
 * for. What reads a channel is known here by {@link dev.tapeline.hub.topic.TopicReader} only.
 */
@NullMarked
package dev.tapeline.hub.topic;

import org.jspecify.annotations.NullMarked;
