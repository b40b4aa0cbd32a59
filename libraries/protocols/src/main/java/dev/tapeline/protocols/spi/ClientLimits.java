package dev.tapeline.protocols.spi;

/**
 * How much one client may subscribe to.
 *
 * @param maxChannels channels and patterns together
 * @param maxWildcards patterns among them
 */
public record ClientLimits(int maxChannels, int maxWildcards) {}
