package dev.tapeline.gateway.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The place in the pipeline between the socket, with its PROXY header and TLS, and all that speaks
 * HTTP or WebSocket. Bytes that are written from here pass the fewest handlers. Does nothing.
 */
@ChannelHandler.Sharable
public final class PipelineEdge extends ChannelInboundHandlerAdapter {

  public static final PipelineEdge INSTANCE = new PipelineEdge();

  private PipelineEdge() {}

  /** Of an open connection. */
  static ChannelHandlerContext of(Channel channel) {
    return channel.pipeline().context(PipelineEdge.class);
  }
}
