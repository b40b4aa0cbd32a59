package dev.tapeline.gateway.listen.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Passes only frames whose reserved bits are valid for a connection with compression: the first
 * bit, on a message's first frame.
 */
public final class ReservedBits extends ChannelInboundHandlerAdapter {

  /** Set on the first frame of a compressed message. */
  public static final int COMPRESSED = 4;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    WebSocketFrame frame = (WebSocketFrame) message;
    boolean begins = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
    if (frame.rsv() == 0 || (begins && frame.rsv() == COMPRESSED)) {
      ctx.fireChannelRead(frame);
    } else {
      frame.release();
      ctx.fireExceptionCaught(
          new CorruptedWebSocketFrameException(
              WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits " + frame.rsv()));
    }
  }
}
