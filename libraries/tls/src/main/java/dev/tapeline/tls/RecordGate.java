package dev.tapeline.tls;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds decrypted records until they are read: one read of the connection may bring several
 * records, and the handlers behind it expect one message for each read. Owned by the connection's
 * lane.
 *
 * <p>Netty's FlowControlHandler forgets a read that brought only a part of a record.
 */
final class RecordGate extends ChannelDuplexHandler {

  private final Deque<Object> held = new ArrayDeque<>(1);
  private boolean asked;
  private boolean passing;

  @Override
  public void read(ChannelHandlerContext ctx) {
    asked = true;
    pass(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    held.add(message);
    pass(ctx);
  }

  private void pass(ChannelHandlerContext ctx) {
    if (passing) {
      return;
    }
    passing = true;
    while (!held.isEmpty() && (asked || ctx.channel().config().isAutoRead())) {
      asked = false;
      ctx.fireChannelRead(held.remove());
    }
    passing = false;
    if (asked) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    ctx.fireChannelInactive();
  }
}
