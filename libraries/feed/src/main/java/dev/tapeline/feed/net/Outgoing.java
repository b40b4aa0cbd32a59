package dev.tapeline.feed.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** The limit of what waits to be sent on one channel. Thread-safe. */
final class Outgoing {

  private static final int MAX_FRAMES = 1000;
  private static final int MAX_BYTES = 8 << 20;

  private final Channel channel;
  private int frames;
  private int bytes;
  private boolean closed;

  Outgoing(Channel channel) {
    this.channel = channel;
  }

  /**
   * Sends a frame after those that wait; nothing is sent after a close.
   *
   * @return done when it has been sent or won't be; null if there is no room for it
   */
  synchronized @Nullable ChannelFuture add(WebSocketFrame frame) {
    int size = frame.content().readableBytes();
    if (closed || frames >= MAX_FRAMES || bytes + size > MAX_BYTES) {
      frame.release();
      return closed ? channel.newSucceededFuture() : null;
    }
    frames++;
    bytes += size;
    closed = frame instanceof CloseWebSocketFrame;
    return channel.writeAndFlush(frame).addListener(_ -> sent(size));
  }

  private synchronized void sent(int size) {
    frames--;
    bytes -= size;
  }
}
