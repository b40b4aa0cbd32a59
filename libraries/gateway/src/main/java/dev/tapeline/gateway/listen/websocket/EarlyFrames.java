package dev.tapeline.gateway.listen.websocket;

import dev.tapeline.gateway.listen.http.HeadEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what a client sends before the answer to its handshake, until the client's handler is in
 * place. A client should wait (RFC 6455, section 4.1), but some send their first frame at once. No
 * more is read from the connection meanwhile.
 */
final class EarlyFrames extends ChannelInboundHandlerAdapter {

  private final Queue<Object> kept = new ArrayDeque<>();

  /**
   * Puts itself in front of the handlers of a handshake, and passes the request to them.
   *
   * @param handshake puts the handlers of the handshake at the end of the pipeline
   * @param bytes the request's head and what came behind it; taken over
   */
  void begin(ChannelPipeline pipeline, Runnable handshake, ByteBuf bytes) {
    pipeline.addLast(this);
    handshake.run();
    ByteBuf head = bytes.readRetainedSlice(new HeadEnd().find(bytes));
    ChannelHandlerContext ctx = pipeline.context(this);
    if (bytes.isReadable()) {
      channelRead(ctx, bytes);
    } else {
      bytes.release();
    }
    ctx.fireChannelRead(head);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    kept.add(message);
    ctx.channel().config().setAutoRead(false);
  }

  /** Passes on what was kept, and leaves the pipeline. */
  void end(ChannelPipeline pipeline) {
    ChannelHandlerContext ctx = pipeline.context(this);
    while (!kept.isEmpty()) {
      ctx.fireChannelRead(kept.remove());
    }
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    pipeline.remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    kept.forEach(ReferenceCountUtil::release);
    kept.clear();
  }
}
