package dev.tapeline.bench.subscriber;

import dev.tapeline.bench.client.FrameStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** One subscriber's socket, from its first byte on. Owned by the subscribers' thread. */
final class Connection implements Reception.Wire {

  /** The bytes that a slow connection reads in a second. */
  static final int SLOW_BYTES = 1 << 10;

  private static final int SLOW_WINDOW = 4 << 10;
  private static final String SWITCHED = "HTTP/1.1 101";

  private final int number;
  private final Shared shared;
  private final Reception reception;
  private final FrameStream stream = new FrameStream();
  private final SocketChannel socket;
  private final SelectionKey key;
  private boolean upgraded;
  private boolean ended;

  Connection(int number, InetSocketAddress server, Selector selector, Shared shared)
      throws IOException {
    this(number, server, selector, shared, wire -> new Reception(number, shared, wire));
  }

  private Connection(
      int number,
      InetSocketAddress server,
      Selector selector,
      Shared shared,
      Function<Reception.Wire, Reception> reception)
      throws IOException {
    this.number = number;
    this.shared = shared;
    this.reception = reception.apply(this);
    this.socket = SocketChannel.open();
    socket.configureBlocking(false);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (isSlow()) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, SLOW_WINDOW);
    }
    socket.connect(server);
    this.key = socket.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** The next connection of the same subscriber, which asks for what it has missed. */
  Connection again(InetSocketAddress server, Selector selector) throws IOException {
    return new Connection(number, server, selector, shared, reception::comeBack);
  }

  int number() {
    return number;
  }

  boolean isSlow() {
    return shared.plan().isSlow(number);
  }

  boolean isLive() {
    return reception.isLive();
  }

  boolean hasEnded() {
    return ended;
  }

  /** The number of the publisher's messages that are still to come. */
  long behind(long[] publishedByChannel) {
    return reception.behind(publishedByChannel);
  }

  /** Asks for the upgrade, when the socket can be written to for the first time. */
  void onConnectable(String upgradeRequest) throws IOException {
    socket.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    write(upgradeRequest.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads once, up to a number of bytes.
   *
   * @param buffer used during the call only
   */
  void read(byte[] buffer, int most) throws IOException {
    int at = stream.begin(buffer);
    int count = socket.read(ByteBuffer.wrap(buffer, at, Math.min(buffer.length - at, most)));
    if (count < 0) {
      throw new IOException("the server closed it");
    }
    if (count > 0) {
      reception.onRead(count, System.nanoTime());
      take(buffer, at + count);
    }
  }

  private void take(byte[] buffer, int to) throws IOException {
    int from = upgraded ? 0 : upgrade(buffer, to);
    if (upgraded) {
      stream.take(buffer, from, to, reception);
    } else {
      stream.keep(buffer, 0, to);
    }
  }

  /**
   * Subscribes once the answer to the upgrade is complete; returns the index of the first frame
   * behind it.
   */
  private int upgrade(byte[] buffer, int to) throws IOException {
    String text = new String(buffer, 0, to, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    if (!text.startsWith(SWITCHED)) {
      throw new IOException("the server answers " + text.lines().findFirst().orElse(""));
    }
    upgraded = true;
    reception.subscribe();
    return end + 4;
  }

  private void write(byte[] bytes) throws IOException {
    if (socket.write(ByteBuffer.wrap(bytes)) < bytes.length) {
      throw new IOException("it takes no %d bytes at once".formatted(bytes.length));
    }
  }

  @Override
  public void send(byte[] frame) {
    try {
      write(frame);
    } catch (IOException e) {
      shared.problem().note(number, e.getMessage());
      end();
    }
  }

  /** Makes this a slow connection, which is read at fixed times. */
  void slowDown() {
    key.cancel();
  }

  /** Closes the connection for good, and counts that. */
  @Override
  public void end() {
    if (!ended) {
      ended = true;
      shared.tally(number).closed++;
      close();
    }
  }

  void close() {
    key.cancel();
    try {
      socket.close();
    } catch (IOException e) {
      shared.problem().note(number, e.getMessage());
    }
  }
}
