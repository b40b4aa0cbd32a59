package dev.tapeline.gateway.client;

import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.CloseCode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Pings and the close handshake of one connection. Owned by the connection's lane. */
public sealed interface ConnectionControl {

  /** Shows the client and all proxies that the connection lives. */
  void ping();

  /** Whether the client answers a ping. */
  boolean isAnswered();

  /** Tells the client why its connection ends, and ends it. */
  void end(CloseCode said);

  /**
   * Ends the connection after bytes that can't be decoded, when the client's answer can't be
   * decoded either.
   */
  default void endUnheard(CloseCode said) {
    end(said);
  }

  /** A WebSocket. */
  record Socket(Channel channel) implements ConnectionControl {

    @Override
    public void ping() {
      channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }

    @Override
    public boolean isAnswered() {
      return true;
    }

    /** Ends the connection when the client answers, or after a second. */
    @Override
    public void end(CloseCode said) {
      channel.writeAndFlush(new CloseWebSocketFrame(said.code(), said.text()));
      channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    }

    /**
     * Sends the code and then the end of the connection. The client's bytes are dropped until it
     * ends its side, or for a second.
     */
    @Override
    public void endUnheard(CloseCode said) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(said.code(), said.text()))
          .addListener(sent -> {
            if (channel instanceof DuplexChannel duplex) {
              duplex.shutdownOutput();
            }
          });
      channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    }
  }

  /**
   * A response of server-sent events. The client can't send anything.
   *
   * @param out the place in the pipeline that takes plain bytes
   */
  record Events(ChannelOutboundInvoker out) implements ConnectionControl {

    private static final String COMMENT = ":\n\n";

    @Override
    public void ping() {
      out.writeAndFlush(Unpooled.copiedBuffer(COMMENT, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isAnswered() {
      return false;
    }

    @Override
    public void end(CloseCode said) {
      String data =
          Json.object("close").put("code", said.code()).put("reason", said.text()).toString();
      out.writeAndFlush(ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, "data: " + data + "\n\n"))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
