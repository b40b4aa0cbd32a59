package dev.tapeline.gateway.listen.http;

import dev.tapeline.gateway.client.Failures;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.tls.TlsOrPlain;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the head of a connection's first request, within a time and a size, and passes it on. */
public final class FirstRequest extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(FirstRequest.class);

  private final Router router;
  private final LongAdder refused;
  private final int maxBytes;
  private final long timeoutMillis;
  private final HeadEnd headEnd = new HeadEnd();
  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private @Nullable ScheduledFuture<?> deadline;

  public FirstRequest(Router router, LongAdder refused, int maxBytes, long timeoutMillis) {
    this.router = router;
    this.refused = refused;
    this.maxBytes = maxBytes;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> onTimeout(ctx), timeoutMillis, TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (deadline == null) { // refused already
      ((ByteBuf) message).release();
      return;
    }
    received =
        ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, (ByteBuf) message);
    if (TlsOrPlain.isHandshake(received)) { // the client could not read a plain answer
      endDeadline();
      release();
      refused.increment();
      ctx.close();
    } else {
      look(ctx);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    HeadEnd.skipEmptyLines(received);
    int length = headEnd.find(received);
    if ((length < 0 ? received.readableBytes() : length) > maxBytes) {
      refuse(ctx, HttpRefusal.HEAD_TOO_LARGE);
    } else if (length >= 0) {
      RequestHead.parse(received, length)
          .ifPresentOrElse(head -> handOn(ctx, head), () -> refuse(ctx, HttpRefusal.BAD_REQUEST));
    }
  }

  private void handOn(ChannelHandlerContext ctx, RequestHead head) {
    ByteBuf all = received;
    received = Unpooled.EMPTY_BUFFER;
    endDeadline();
    router.route(ctx, head, all);
    if (!ctx.isRemoved()) { // a refusal may have ended it
      ctx.pipeline().remove(this);
    }
  }

  private void refuse(ChannelHandlerContext ctx, HttpRefusal refusal) {
    endDeadline();
    release();
    refused.increment();
    log.debug("{}: refused: {}", ctx.channel().remoteAddress(), refusal);
    refusal.sendToSender(ctx.channel());
  }

  /**
   * Refuses the request. A client that asks for a stream of events is closed without an answer
   * instead, and reconnects.
   */
  private void onTimeout(ChannelHandlerContext ctx) {
    ByteBuf begun = received;
    if (begun != null && RequestHead.pathIn(begun).filter(router::isStream).isPresent()) {
      endDeadline();
      release();
      refused.increment();
      ctx.close();
    } else {
      refuse(ctx, HttpRefusal.HANDSHAKE_TIMEOUT);
    }
  }

  private void endDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void release() {
    received.release();
    received = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endDeadline();
    release();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.end(ctx, cause);
  }

  /** Takes over a connection whose first request is known. */
  public interface Router {

    /**
     * Takes a connection over.
     *
     * @param bytes all that was received so far, from the head's first byte on; the callee releases
     *     it
     */
    void route(ChannelHandlerContext ctx, RequestHead head, ByteBuf bytes);

    /** Whether a path is that of a stream of events. */
    boolean isStream(String path);
  }
}
