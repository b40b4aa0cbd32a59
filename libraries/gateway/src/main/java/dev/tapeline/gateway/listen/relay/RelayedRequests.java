package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.client.Failures;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.answer.LingeringClose;
import dev.tapeline.gateway.listen.http.FirstRequest;
import dev.tapeline.gateway.listen.http.RequestHead;
import dev.tapeline.gateway.listen.relay.RequestBoundaries.Next;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Passes the requests of a relayed connection on to the REST server, one at a time: the next one
 * waits for the answer. Each head has to come within a time. Owned by the connection's lane.
 */
final class RelayedRequests extends ChannelInboundHandlerAdapter {

  private final Channel server;
  private final RelayedAnswers answers;
  private final RequestBoundaries boundaries;
  private final FirstRequest.Router router;
  private final LongAdder refused;
  private final long headMillis;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable ScheduledFuture<?> deadline;
  private ByteBuf kept = Unpooled.EMPTY_BUFFER;
  private boolean sending;
  private boolean answering;
  private boolean deaf;

  /**
   * @param router takes the connection over when a request is for the gateway
   * @param headMillis the longest time from a head's first byte to its last
   */
  RelayedRequests(
      Channel server,
      RelayedAnswers answers,
      RequestBoundaries boundaries,
      FirstRequest.Router router,
      LongAdder refused,
      long headMillis) {
    this.server = server;
    this.answers = answers;
    this.boundaries = boundaries;
    this.router = router;
    this.refused = refused;
    this.headMillis = headMillis;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (deaf) {
      ReferenceCountUtil.release(message);
      ctx.channel().read();
      return;
    }
    kept = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), kept, (ByteBuf) message);
    goOn(ctx);
  }

  /** Reads no more while a whole request waits for its answer. */
  private void goOn(ChannelHandlerContext ctx) {
    if (answering && !sending) {
      return;
    }
    switch (boundaries.next(kept)) {
      case Next.Incomplete _ -> {
        awaitHead(ctx);
        ctx.channel().read();
      }
      case Next.Part part -> pass(ctx, part);
      case Next.Ours(RequestHead head) -> handBack(ctx, head);
      case Next.Bad(HttpRefusal why) -> refuse(ctx, why);
    }
  }

  private void awaitHead(ChannelHandlerContext ctx) {
    if (kept.isReadable() && deadline == null) {
      deadline =
          ctx.executor()
              .schedule(
                  () -> refuse(ctx, HttpRefusal.HANDSHAKE_TIMEOUT),
                  headMillis,
                  TimeUnit.MILLISECONDS);
    }
  }

  private void pass(ChannelHandlerContext ctx, Next.Part part) {
    endDeadline();
    if (part.begun() != null) {
      answers.expect(part.begun());
      answering = true;
    }
    sending = !part.isLast();
    ByteBuf passed = kept.readRetainedSlice(part.length());
    if (!kept.isReadable()) {
      release();
    }
    server
        .writeAndFlush(passed)
        .addListener(written -> ctx.executor().execute(() -> passed(ctx, written.isSuccess())));
    if (kept.isReadable()) {
      goOn(ctx);
    }
  }

  /** Reads on only when no bytes are kept, so that at most those of one read and a head are. */
  private void passed(ChannelHandlerContext ctx, boolean taken) {
    deaf = deaf || !taken; // its answer is on its way, and its end
    if (!kept.isReadable()) {
      ctx.channel().read();
    }
  }

  /** The answer to the request that was passed on has ended. */
  void answered() {
    answering = false;
    if (ctx != null && !ctx.isRemoved() && !sending && kept.isReadable()) {
      goOn(ctx);
    }
  }

  /** The server has closed its connection. This one is closed, too, after what was answered. */
  void unserved() {
    if (ctx == null || ctx.isRemoved()) {
      return;
    }
    if (sending || kept.isReadable()) {
      leave(ctx);
      LingeringClose.say(ctx.channel(), Unpooled.EMPTY_BUFFER);
    } else {
      ctx.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Ends the server's connection, and hands the client's connection back to the gateway. */
  private void handBack(ChannelHandlerContext ctx, RequestHead head) {
    ByteBuf rest = kept;
    kept = Unpooled.EMPTY_BUFFER;
    leaveServer();
    router.route(ctx, head, rest);
    if (!ctx.isRemoved()) {
      ctx.pipeline().remove(this);
    }
    ctx.channel().config().setAutoRead(true); // what TLS holds back comes at once
  }

  private void refuse(ChannelHandlerContext ctx, HttpRefusal why) {
    refused.increment();
    boolean answered = !answering;
    leaveServer();
    leave(ctx);
    if (answered) {
      why.sendToSender(ctx.channel());
    } else {
      ctx.close(); // no second answer can begin within one
    }
  }

  private void leaveServer() {
    endDeadline();
    answers.end();
    server.close();
  }

  private void leave(ChannelHandlerContext ctx) {
    endDeadline();
    release();
    ctx.pipeline().remove(this);
  }

  private void endDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void release() {
    kept.release();
    kept = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endDeadline();
    release();
    server.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.end(ctx, cause); // the server's side follows
  }
}
