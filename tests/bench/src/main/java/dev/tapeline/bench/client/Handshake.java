package dev.tapeline.bench.client;

import dev.tapeline.bench.cli.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Opens connections one after the other, before anything is measured. */
public final class Handshake {

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
  public static SocketChannel webSocket(InetSocketAddress address, String path, String headers)
      throws IOException {
    return request(address, path, UPGRADE + headers, "HTTP/1.1 101");
  }

  /** Opens a stream of server-sent events. */
  public static SocketChannel events(InetSocketAddress address, String path) throws IOException {
    return request(address, path, "", "HTTP/1.1 200");
  }

  private static SocketChannel request(
      InetSocketAddress address, String path, String headers, String expected) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    Socket socket = channel.socket();
    request(socket.getInputStream(), socket.getOutputStream(), path, headers, expected);
    return channel;
  }

  /**
   * Opens a WebSocket within TLS; what the client gets afterwards is not decrypted.
   *
   * @param first what the client sends after the handshake
   */
  public static SocketChannel encrypted(
      InetSocketAddress address, SSLContext trust, String path, String headers, byte[] first)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // two writes follow each other
    SSLSocket tls =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(channel.socket(), address.getHostString(), address.getPort(), false);
    OutputStream out = tls.getOutputStream();
    request(tls.getInputStream(), out, path, UPGRADE + headers, "HTTP/1.1 101");
    out.write(first);
    return channel;
  }

  private static void request(
      InputStream in, OutputStream out, String path, String headers, String expected)
      throws IOException {
    String request = "GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n".formatted(path, headers);
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    int next;
    while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
      head.append((char) next);
    }
    if (head.indexOf(expected) != 0) {
      throw new BenchException("the gateway refuses a connection: " + head);
    }
  }
}
