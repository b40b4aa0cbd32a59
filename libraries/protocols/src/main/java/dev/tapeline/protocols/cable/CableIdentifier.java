package dev.tapeline.protocols.cable;

import dev.tapeline.core.Channel;

/**
 * A client's name for its subscription, and the channel that it refers to.
 *
 * @param text the identifier as the client wrote it
 * @param isCommon whether it is one of the few that {@code JSON.stringify} writes for the channel
 */
record CableIdentifier(String text, Channel channel, boolean isCommon) {}
