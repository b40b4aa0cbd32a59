package dev.tapeline.simulate.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The server's end of a WebSocket. All that it sends goes through the faults that are shown. Owned
 * by the server's loop.
 */
public final class ClientSocket {

  /** How many late messages wait on a socket; further ones are lost, and counted. */
  private static final int MAX_LATE = 20_000;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final int number;
  private final String path;
  private final Channel channel;
  private final Faults faults;
  private final List<ScheduledFuture<?>> repeated = new ArrayList<>();
  private final SplittableRandom bits;
  private long messages;
  private long bytes;
  private long lost;
  private final Deque<SocketMessage> late = new ArrayDeque<>();
  private long lastDue;
  private boolean ending;

  ClientSocket(int number, String path, Channel channel, Faults faults) {
    this.number = number;
    this.path = path;
    this.channel = channel;
    this.faults = faults;
    this.bits = new SplittableRandom(number);
  }

  /** The number of the socket among all of its server, from 1. */
  public int number() {
    return number;
  }

  public String path() {
    return path;
  }

  public boolean isOpen() {
    return channel.isActive() && !ending;
  }

  /** Whether the client reads as fast as it is told. */
  public boolean isWritable() {
    return channel.isWritable();
  }

  public long messages() {
    return messages;
  }

  public long bytes() {
    return bytes;
  }

  /** The number of messages that faults have kept from the client. */
  public long lost() {
    return lost;
  }

  public void sendText(String text) {
    send(new SocketMessage.Text(text));
  }

  public void sendBinary(byte[] packet) {
    send(new SocketMessage.Binary(packet));
  }

  /** Sends a message as the faults let it. */
  public void send(SocketMessage message) {
    if (!isOpen()) {
      return;
    }
    SocketMessage sent = message;
    long delay = 0;
    for (Fault fault : faults.takeForMessage(number)) {
      switch (fault.kind()) {
        case SILENCE, GAP -> {
          lost++;
          return;
        }
        case LAG -> delay = Math.max(delay, fault.delayMillis());
        case TRUNCATE -> sent = Damage.half(sent);
        case BITFLIP -> sent = Damage.flipped(sent, bits);
        default -> {}
      }
    }
    sendAfter(sent, delay);
  }

  /** Sends a message after a delay, and never before an earlier one. */
  private void sendAfter(SocketMessage message, long delay) {
    long now = System.nanoTime();
    long due = late.isEmpty() ? now : Math.max(now, lastDue);
    due = Math.max(due, now + TimeUnit.MILLISECONDS.toNanos(delay));
    if (due == now && late.isEmpty()) {
      sendNow(message);
      return;
    }
    if (late.size() >= MAX_LATE) {
      lost++;
      return;
    }
    late.addLast(message);
    lastDue = due;
    var _ = channel.eventLoop().schedule(this::sendLate, due - now, TimeUnit.NANOSECONDS);
  }

  private void sendLate() {
    sendNow(late.removeFirst());
  }

  /** Sends a message whatever faults there are. */
  public void sendNow(SocketMessage message) {
    if (!isOpen()) {
      return;
    }
    byte[] content = message.bytes();
    messages++;
    bytes += content.length;
    switch (message) {
      case SocketMessage.Text text -> write(new TextWebSocketFrame(text.text()));
      case SocketMessage.Binary _ ->
          write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(content)));
    }
  }

  private void write(WebSocketFrame frame) {
    channel.writeAndFlush(frame, channel.voidPromise());
  }

  /** Sends a ping, unless the socket is to be silent. */
  public void ping(byte[] payload) {
    if (isOpen() && !faults.isSilent(number)) {
      write(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }
  }

  void pong(WebSocketFrame ping) {
    if (isOpen() && !faults.isSilent(number)) {
      write(new PongWebSocketFrame(ping.content().retain()));
    }
  }

  /** Sends what waits and a close frame, and ends the connection. */
  public void close(int code, String reason) {
    if (isOpen()) {
      end(new CloseWebSocketFrame(code, reason));
    }
  }

  /** The client has sent a close frame: answers it, or ends what this side has begun to end. */
  void onClose(CloseWebSocketFrame close) {
    if (ending) {
      channel.close();
    } else {
      end(close.retain());
    }
  }

  /**
   * Sends the last frame and ends this side of the connection alone. What the client still sends is
   * read and ignored until it ends its side: closed with unread bytes, TCP would send a reset,
   * which can overtake the frame. A client that does not end its side is cut off after a while.
   */
  private void end(CloseWebSocketFrame last) {
    ending = true;
    channel
        .writeAndFlush(last)
        .addListener(_ -> {
          channel.pipeline().fireUserEventTriggered(FrameHandler.Ending.BY_SERVER);
          if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
            after(CLOSE_PATIENCE, channel::close);
          } else {
            channel.close();
          }
        });
  }

  /** Ends the connection by a TCP reset. */
  public void reset() {
    ending = true;
    reset(channel);
  }

  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  /** Does something again and again until the socket is closed. */
  public void every(Duration interval, Runnable action) {
    long nanos = interval.toNanos();
    repeated.add(
        channel
            .eventLoop()
            .scheduleAtFixedRate(new Repeated(action), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  /** Does something once, later. */
  public void after(Duration delay, Runnable action) {
    var _ = channel.eventLoop().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stopRepeating() {
    repeated.forEach(one -> one.cancel(false));
    repeated.clear();
  }

  @Override
  public String toString() {
    return "socket %d on %s".formatted(number, path);
  }
}
