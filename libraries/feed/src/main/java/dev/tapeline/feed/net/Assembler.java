package dev.tapeline.feed.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

/**
 * Puts the fragments of messages together. It does not read on by itself in the middle of a
 * message, so that a full inbox holds back a vendor that sends in fragments too.
 */
final class Assembler extends WebSocketFrameAggregator {

  Assembler(int maxMessage) {
    super(maxMessage);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
  }
}
