/**
 * The channels on this node: their rings, reads of their logs, and the subscriptions at the bus. A
 * channel knows its readers only as {@link dev.tapeline.hub.topic.TopicReader}.
 */
@NullMarked
package dev.tapeline.hub.topic;

import org.jspecify.annotations.NullMarked;
