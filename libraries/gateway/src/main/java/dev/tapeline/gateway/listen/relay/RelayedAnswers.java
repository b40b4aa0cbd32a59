package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.client.Failures;
import dev.tapeline.gateway.listen.http.RequestHead;
import dev.tapeline.gateway.listen.relay.AnswerBoundaries.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Passes the REST server's answers on one connection on to the client. Owned by the loop of the
 * server's socket.
 */
final class RelayedAnswers extends ChannelInboundHandlerAdapter {

  private final Channel client;
  private final AnswerBoundaries boundaries = new AnswerBoundaries();
  private volatile @Nullable RelayedRequests requests;
  private volatile boolean bodiless;

  RelayedAnswers(Channel client) {
    this.client = client;
  }

  /** Sets the handler that is told where an answer ends; called before the server is read. */
  void answerTo(RelayedRequests told) {
    requests = told;
  }

  /** Sets the request that is answered next; called before the request is passed on. */
  void expect(RequestHead head) {
    bodiless = head.method().equals("HEAD");
  }

  /** Ends the passing on: later bytes are not for the client. */
  void end() {
    requests = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    RelayedRequests told = requests;
    if (told == null) {
      ReferenceCountUtil.release(message);
      return;
    }
    Progress progress = boundaries.follow((ByteBuf) message, ctx.alloc(), bodiless);
    client
        .writeAndFlush(message)
        .addListener(written -> {
          if (written.isSuccess()) {
            ctx.channel().read();
          } else {
            ctx.close();
          }
        });
    if (progress == Progress.ENDED) {
      client.eventLoop().execute(told::answered);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boundaries.release();
    RelayedRequests told = requests;
    if (told != null) {
      client.eventLoop().execute(told::unserved);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.end(ctx, cause); // the client's side follows
  }
}
