package dev.tapeline.gateway.listen.answer;

import dev.tapeline.gateway.client.Failures;
import dev.tapeline.tls.TlsOrPlain;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client is still sending: writes the last bytes, ends the own side, and
 * drops what comes until the client ends its side too, or a time is over. A socket that is closed
 * with unread bytes is reset, and the client may then never see the answer.
 */
@ChannelHandler.Sharable
public final class LingeringClose extends ChannelInboundHandlerAdapter {

  /** How long a client may go on sending. */
  private static final long MILLIS = 2_000;

  private static final LingeringClose INSTANCE = new LingeringClose();

  private LingeringClose() {}

  /** Takes over an open connection, behind what was written to it so far. */
  public static void say(Channel channel, ByteBuf last) {
    ChannelHandlerContext edge = PipelineEdge.of(channel);
    channel.pipeline().addAfter(edge.name(), null, INSTANCE);
    edge.writeAndFlush(last).addListener(written -> endOwnSide(channel));
  }

  private static void endOwnSide(Channel channel) {
    if (!channel.isActive() || !(channel instanceof DuplexChannel duplex)) {
      channel.close();
      return;
    }
    TlsOrPlain.endOutput(channel);
    duplex.shutdownOutput();
    channel.config().setAutoRead(true);
    Future<?> end =
        channel.eventLoop().schedule(() -> channel.close(), MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.end(ctx, cause);
  }
}
