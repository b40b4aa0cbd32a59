package dev.tapeline.bench.bytes;

import dev.tapeline.bench.client.ClientFrames;
import dev.tapeline.bench.client.Handshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Clients that only count the bytes that they receive, so that they cost little. One thread of
 * their own reads for all.
 */
final class ByteClients implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 1 << 18;

  private final List<SocketChannel> channels = new ArrayList<>();
  private final Selector selector;
  private final AtomicLong received = new AtomicLong();
  private final Thread reader = new Thread(this::read, "bench-bytes");

  /**
   * @param extensions the headers by which each client offers extensions
   * @param subscribe the request that each client sends after the upgrade
   * @param trust the trusted certificates; null for clients without TLS
   */
  ByteClients(
      InetSocketAddress address,
      int count,
      String extensions,
      String subscribe,
      @Nullable SSLContext trust)
      throws IOException {
    selector = Selector.open();
    for (int i = 0; i < count; i++) {
      channels.add(open(address, extensions, ClientFrames.text(subscribe), trust));
    }
    for (SocketChannel channel : channels) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
    reader.start();
  }

  private static SocketChannel open(
      InetSocketAddress address, String extensions, byte[] subscribe, @Nullable SSLContext trust)
      throws IOException {
    if (trust != null) {
      return Handshake.encrypted(address, trust, "/ws", extensions, subscribe);
    }
    SocketChannel channel = Handshake.webSocket(address, "/ws", extensions);
    channel.write(ByteBuffer.wrap(subscribe));
    return channel;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BUFFER);
    try {
      while (selector.isOpen() && selector.select(key -> read(key, buffer)) >= 0) {
        // until it is closed
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    try {
      int count = ((SocketChannel) key.channel()).read(buffer.clear());
      if (count < 0) {
        key.cancel();
      } else {
        received.addAndGet(count);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  /** The bytes of all clients so far, with those of the first answers. */
  long received() {
    return received.get();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
