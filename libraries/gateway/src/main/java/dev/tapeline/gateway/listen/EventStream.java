package dev.tapeline.gateway.listen;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.ConnectionControl;
import dev.tapeline.hub.frame.Framing;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Answers a request with a stream of server-sent events, which ends with the connection, and makes
 * the connection a client of a protocol. What the client sends after its request is ignored.
 */
final class EventStream extends ChannelInboundHandlerAdapter {

  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Cache-Control: no-store\r
      X-Accel-Buffering: no\r
      Connection: close\r
      """;

  private final ClientOpener opener;

  EventStream(ClientOpener opener) {
    this.opener = opener;
  }

  /** Tells the client to reconnect after a time, and ends the stream. */
  static void postpone(Channel channel, long millis) {
    if (!channel.isActive()) {
      return;
    }
    String text = head(channel) + "retry: " + millis + "\n\n";
    PipelineEdge.of(channel)
        .writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), text))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static String head(Channel channel) {
    return HEAD + Admission.of(channel).answerHeaders() + "\r\n";
  }

  /** Puts itself at the end of the pipeline, and answers the request that has come. */
  void install(ChannelPipeline pipeline) {
    pipeline.addLast(this);
    ChannelHandlerContext ctx = pipeline.context(this);
    opener.identify(ctx, identity -> open(ctx, identity), () -> {});
  }

  private void open(ChannelHandlerContext ctx, Optional<Identity> identity) {
    ChannelHandlerContext out = PipelineEdge.of(ctx.channel());
    out.writeAndFlush(
        ByteBufUtil.writeAscii(ctx.alloc(), head(ctx.channel())), ctx.channel().voidPromise());
    Client client = opener.open(ctx, Framing.EVENTS, new ConnectionControl.Events(out), identity);
    ctx.pipeline().addLast(client);
    opener.welcome(client);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }
}
