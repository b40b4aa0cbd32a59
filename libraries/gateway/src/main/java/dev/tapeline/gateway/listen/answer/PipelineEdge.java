package dev.tapeline.gateway.listen.answer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Marks the place in the pipeline between PROXY header and TLS on one side, and HTTP and WebSocket
 * on the other. Bytes that are written from here pass the fewest handlers. Does nothing itself.
 */
@ChannelHandler.Sharable
public final class PipelineEdge extends ChannelInboundHandlerAdapter {

  public static final PipelineEdge INSTANCE = new PipelineEdge();

  private PipelineEdge() {}

  /** The context of this handler in an open connection. */
  public static ChannelHandlerContext of(Channel channel) {
    return channel.pipeline().context(PipelineEdge.class);
  }
}
