package dev.tapeline.gateway.listen.open;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.ConnectionControl;
import dev.tapeline.gateway.listen.answer.EventStreamHead;
import dev.tapeline.gateway.listen.answer.PipelineEdge;
import dev.tapeline.hub.frame.Framing;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request with a stream of server-sent events, which ends with the connection, and makes
 * the connection a client of a protocol. What the client sends after its request is ignored.
 */
public final class EventStream extends ChannelInboundHandlerAdapter {

  private final ClientOpener opener;

  public EventStream(ClientOpener opener) {
    this.opener = opener;
  }

  /** Puts itself at the end of the pipeline, and answers the request that has come. */
  public void install(ChannelPipeline pipeline) {
    pipeline.addLast(this);
    ChannelHandlerContext ctx = pipeline.context(this);
    opener.identify(ctx, identity -> open(ctx, identity), () -> {});
  }

  private void open(ChannelHandlerContext ctx, @Nullable Identity identity) {
    ChannelHandlerContext out = PipelineEdge.of(ctx.channel());
    out.writeAndFlush(
        ByteBufUtil.writeAscii(ctx.alloc(), EventStreamHead.of(ctx.channel())),
        ctx.channel().voidPromise());
    Client client = opener.open(ctx, Framing.EVENTS, new ConnectionControl.Events(out), identity);
    ctx.pipeline().addLast(client);
    opener.welcome(client);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }
}
