package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;

/** Copies the messages of one connection to the inbox. Owned by the thread of its channel. */
final class SocketReader extends SimpleChannelInboundHandler<Object> {

  private static final int NO_CODE = 1005;

  private final Connection connection;
  private final int maxMessage;

  SocketReader(Connection connection, int maxMessage) {
    this.connection = connection;
    this.maxMessage = maxMessage;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case BinaryWebSocketFrame binary -> take(false, binary.content());
      case TextWebSocketFrame text -> take(true, text.content());
      case PingWebSocketFrame ping -> connection.pinged(ping.content().retain());
      case CloseWebSocketFrame close -> connection.closedByVendor(end(close));
      default -> {} // a pong, or the end of the handshake
    }
  }

  private void take(boolean text, ByteBuf content) {
    if (text && !ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
      throw new CorruptedFrameException("a text that is not UTF-8");
    }
    if (!connection.isOver()) {
      String socket = connection.socket();
      byte[] whole =
          ByteBufUtil.getBytes(content, content.readerIndex(), content.readableBytes(), false);
      connection.take(time -> new Arrival.Frame(socket, text, whole, time));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.endBatch();
  }

  private SocketEnd end(CloseWebSocketFrame close) {
    int code = close.statusCode();
    return code < 0
        ? new SocketEnd.Closed(NO_CODE, "")
        : new SocketEnd.Closed(code, connection.excerpt(close.reasonText()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connection.end(new SocketEnd.Broken(Reasons.WITHOUT_CLOSE));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException e
          when e.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ->
          tooLong();
      case TooLongFrameException _ -> tooLong();
      case CorruptedFrameException e ->
          connection.end(new SocketEnd.Broken("against the WebSocket protocol: " + e.getMessage()));
      default -> connection.fail(cause);
    }
  }

  private void tooLong() {
    connection.end(new SocketEnd.Broken("a message of more than %d bytes".formatted(maxMessage)));
  }
}
