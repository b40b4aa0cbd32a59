package dev.tapeline.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A stable name for servers that change: passes each connection on to the server of the moment at
 * which it was opened, and lets it be from then on.
 */
public final class TcpRelay implements AutoCloseable {

  private final ServerSocket listener;
  private volatile int target;

  private TcpRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  public static TcpRelay to(RealRedis server) {
    try {
      return new TcpRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From here on the name leads to this server. */
  public void moveTo(RealRedis server) {
    target = server.port();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        pass(client, server);
        pass(server, client);
      } catch (IOException _) {
        // The test has ended, or the server has: whoever connected sees it.
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(() -> {
          try (from;
              to;
              InputStream in = from.getInputStream();
              OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
          } catch (IOException _) {
            // Closed by the other side.
          }
        });
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
