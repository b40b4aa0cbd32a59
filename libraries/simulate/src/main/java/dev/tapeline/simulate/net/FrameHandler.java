package dev.tapeline.simulate.net;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passes the frames of a client on to the vendor. */
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

  private final ClientSocket socket;
  private final SocketHandler handler;
  private final Sockets sockets;
  private boolean ended;

  /** An event of the pipeline: nothing more is sent, though the client may still do so. */
  enum Ending {
    BY_SERVER
  }

  FrameHandler(ClientSocket socket, SocketHandler handler, Sockets sockets) {
    this.socket = socket;
    this.handler = handler;
    this.sockets = sockets;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      socket.onClose(close);
    } else if (socket.isOpen()) {
      handle(frame);
    }
  }

  private void handle(WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> handler.onText(text.text());
      case BinaryWebSocketFrame binary -> handler.onBinary(ByteBufUtil.getBytes(binary.content()));
      case PingWebSocketFrame ping -> {
        socket.pong(ping);
        handler.onPing();
      }
      case PongWebSocketFrame pong -> handler.onPong(ByteBufUtil.getBytes(pong.content()));
      default -> {} // the rest of a message in pieces, which these clients don't send
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Ending) {
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  private void end() {
    if (!ended) {
      ended = true;
      socket.stopRepeating();
      sockets.remove(socket);
      handler.onClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, @Nullable Throwable cause) {
    HttpHandler.ended(ctx, Objects.requireNonNull(cause));
  }
}
