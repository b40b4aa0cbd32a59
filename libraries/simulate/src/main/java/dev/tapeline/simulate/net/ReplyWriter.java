package dev.tapeline.simulate.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes the answer to one request. Owned by the server's loop. */
final class ReplyWriter {

  private static final int DROPS = 10;
  private static final long USUAL_SLOWNESS_MILLIS = 5000;

  private final Channel channel;
  private final boolean keepsAlive;

  ReplyWriter(Channel channel, boolean keepsAlive) {
    this.channel = channel;
    this.keepsAlive = keepsAlive;
  }

  void write(HttpReply reply) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    setHeaders(response, reply);
    end(channel.writeAndFlush(response));
  }

  /** Writes an answer as the fault lets it. */
  void write(HttpReply reply, @Nullable Fault fault) {
    if (fault == null) {
      write(reply);
      return;
    }
    switch (fault.kind()) {
      case HALF_GZIP -> write(ReplyFaults.halfGzip(reply));
      case SLOW ->
          drip(reply, fault.delayMillis() == 0 ? USUAL_SLOWNESS_MILLIS : fault.delayMillis());
      default -> write(reply);
    }
  }

  private void setHeaders(HttpResponse response, HttpReply reply) {
    reply.headers().forEach(response.headers()::set);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keepsAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
  }

  private void end(ChannelFuture written) {
    if (!keepsAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Writes the head at once, and the body in pieces over a time. */
  private void drip(HttpReply reply, long millis) {
    DefaultHttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    setHeaders(head, reply);
    var _ = channel.writeAndFlush(head);
    dripFrom(reply.body(), 0, millis);
  }

  private void dripFrom(byte[] body, int drop, long millis) {
    int from = (int) ((long) body.length * drop / DROPS);
    int to = (int) ((long) body.length * (drop + 1) / DROPS);
    ByteBuf piece = Unpooled.copiedBuffer(body, from, to - from);
    if (drop == DROPS - 1) {
      end(channel.writeAndFlush(new DefaultLastHttpContent(piece)));
      return;
    }
    var _ = channel.writeAndFlush(new DefaultHttpContent(piece));
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> dripFrom(body, drop + 1, millis), millis / DROPS, TimeUnit.MILLISECONDS);
  }
}
