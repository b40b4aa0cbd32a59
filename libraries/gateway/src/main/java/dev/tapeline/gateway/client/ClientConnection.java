package dev.tapeline.gateway.client;

import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.lane.SessionListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;

/**
 * The connection of a client that is about to be opened.
 *
 * @param out the place in the pipeline that takes what is written
 */
public record ClientConnection(
    Lane lane,
    Channel channel,
    ChannelOutboundInvoker out,
    Framing framing,
    ConnectionControl control) {

  Session open(SessionListener listener) {
    return lane.open(channel, out, framing, listener);
  }
}
