package dev.tapeline.protocols.spi;

/**
 * The limits of one client's subscriptions.
 *
 * @param maxChannels channels and patterns together
 * @param maxWildcards patterns among them
 */
public record ClientLimits(int maxChannels, int maxWildcards) {}
