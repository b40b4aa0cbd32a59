package dev.tapeline.core.admin;

import org.jspecify.annotations.Nullable;

/**
 * One subscription of a client.
 *
 * @param channel a name or a pattern
 * @param mode its mode now: all or latest
 * @param maxRate frames a second at most; null for no limit
 * @param seq the newest number that was written; null of a pattern, and while the bus is away
 * @param lag publications behind that, which are still to be written
 */
public record SubscriptionReport(
    String channel, String mode, @Nullable Double maxRate, @Nullable Long seq, long lag) {}
