package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.SocketEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a WebSocket and takes the answer to that, which is not asked elsewhere if it is a
 * redirect. Owned by the thread of its channel.
 */
final class Handshake extends SimpleChannelInboundHandler<HttpObject> {

  private static final int MAX_EXCERPT = 1000;
  private static final SocketEnd NO_UPGRADE =
      new SocketEnd.Broken("it does not upgrade to a WebSocket as it should");

  private final Connection connection;
  private final int maxMessage;
  private final WebSocketClientHandshaker handshaker;
  private final ByteBuf said = Unpooled.buffer(0, MAX_EXCERPT);
  private int left;
  private @Nullable HttpResponse refusal;

  /**
   * @throws IllegalArgumentException if the address has headers that can't be sent
   */
  Handshake(Connection connection, Address address, int maxMessage) {
    this.connection = connection;
    this.maxMessage = maxMessage;
    HttpHeaders headers = new DefaultHttpHeaders();
    address.headers().forEach(headers::set);
    this.handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            address.uri(),
            WebSocketVersion.V13,
            null,
            false, // no extensions
            headers,
            maxMessage,
            true, // masks
            false,
            -1,
            false,
            false); // no origin
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    var _ = handshaker.handshake(ctx.channel());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part instanceof HttpResponse answer) {
      begin(ctx, answer);
    }
    HttpResponse refused = refusal;
    if (refused != null && part instanceof HttpContent content) {
      hear(refused, content);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpResponse answer) {
    Throwable failure = answer.decoderResult().cause();
    if (failure instanceof TooLongFrameException) {
      connection.end(new SocketEnd.Broken("an answer to the handshake that is too long"));
    } else if (failure != null) {
      connection.end(NO_UPGRADE);
    } else if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      upgrade(ctx, answer);
    } else {
      left = Math.clamp(HttpUtil.getContentLength(answer, 0L), 0, MAX_EXCERPT);
      refusal = answer;
      if (left == 0) {
        refuse(answer);
      }
    }
  }

  private void upgrade(ChannelHandlerContext ctx, HttpResponse answer) {
    if (answer.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      connection.end(NO_UPGRADE);
      return;
    }
    try {
      handshaker.finishHandshake(
          ctx.channel(),
          new DefaultFullHttpResponse(
              answer.protocolVersion(),
              answer.status(),
              Unpooled.EMPTY_BUFFER,
              answer.headers(),
              EmptyHttpHeaders.INSTANCE));
    } catch (WebSocketHandshakeException _) {
      connection.end(NO_UPGRADE);
      return;
    }
    ctx.pipeline().addLast(new Assembler(maxMessage), new SocketReader(connection, maxMessage));
    ctx.pipeline().remove(this);
    connection.opened(new Outgoing(ctx.channel()));
  }

  private void hear(HttpResponse refused, HttpContent content) {
    int length = Math.min(left, content.content().readableBytes());
    said.writeBytes(content.content(), length);
    left -= length;
    if (left == 0 || content instanceof LastHttpContent) {
      refuse(refused);
    }
  }

  private void refuse(HttpResponse refused) {
    int status = refused.status().code();
    String excerpt = connection.excerpt(said.toString(StandardCharsets.UTF_8));
    connection.end(new SocketEnd.Refused(status, excerpt));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
      connection.fail(tls.cause());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    HttpResponse refused = refusal;
    if (refused == null) {
      connection.end(new SocketEnd.Broken(Reasons.WITHOUT_ANSWER));
    } else {
      refuse(refused);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.fail(cause);
  }
}
