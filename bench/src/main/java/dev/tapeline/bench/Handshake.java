package dev.tapeline.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Connections that are opened one after the other, before anything is measured. */
final class Handshake {

  private static final String UPGRADE =
      """
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
      """;

  private Handshake() {}

  /**
   * Opens a WebSocket.
   *
   * @param headers each with its line end
   * @throws BenchException with the server's answer, if it refuses
   */
  static SocketChannel webSocket(InetSocketAddress address, String path, String headers)
      throws IOException {
    return request(address, path, UPGRADE + headers, "HTTP/1.1 101");
  }

  /** Opens a stream of server-sent events. */
  static SocketChannel events(InetSocketAddress address, String path) throws IOException {
    return request(address, path, "", "HTTP/1.1 200");
  }

  private static SocketChannel request(
      InetSocketAddress address, String path, String headers, String expected) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    String request = "GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n".formatted(path, headers);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        break;
      }
      head.append((char) one.get(0));
    }
    if (head.indexOf(expected) != 0) {
      throw new BenchException("the gateway refuses a connection: " + head);
    }
    return channel;
  }
}
