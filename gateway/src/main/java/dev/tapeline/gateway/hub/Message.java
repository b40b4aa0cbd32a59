package dev.tapeline.gateway.hub;

import dev.tapeline.core.Stamps;

/**
 * A numbered publication of one epoch of a channel.
 *
 * @param seq its number; 0 for a value from before the epoch began
 * @param receivedMillis when this node received it, epoch milliseconds UTC
 * @param receivedNanos the same on the monotonic clock
 */
public record Message(
    long seq, Payload payload, Stamps stamps, long receivedMillis, long receivedNanos) {}
