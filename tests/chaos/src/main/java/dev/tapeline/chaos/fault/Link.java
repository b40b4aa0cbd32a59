package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that can be slow, dead or cut. Two virtual threads a connection copy its bytes; no
 * byte is changed, reordered or dropped on a connection that goes on.
 */
public final class Link implements AutoCloseable {

  /** The condition of a link. */
  public sealed interface Weather {

    record Fair() implements Weather {}

    /** Each piece is delayed by this time. */
    record Slow(int millis) implements Weather {}

    record Narrow(int bytesPerSecond) implements Weather {}

    /** Nothing passes, and neither side notices. */
    record Dead() implements Weather {}

    /** New connections are closed at once. */
    record Closed() implements Weather {}
  }

  private static final int PIECE = 16 << 10;
  private static final int NARROW_PIECE = 1 << 10;

  private final ServerSocket listener;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = new Weather.Fair();

  private record Pair(Socket near, Socket far) {

    void close() {
      closed(near);
      closed(far);
    }

    private static void closed(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new ChaosException("a socket can't be closed", e);
      }
    }
  }

  public Link(String name, int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new ChaosException("no port for link " + name, e);
    }
    Thread.ofVirtual().name("link-" + name).start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections that lost bytes to a dead link are cut before it carries anything again. */
  public synchronized void become(Weather next) {
    if (weather instanceof Weather.Dead) {
      cut();
    }
    weather = next;
  }

  /** Ends all connections. */
  public void cut() {
    pairs.forEach(Pair::close);
    pairs.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new ChaosException("a link can't accept", e);
        }
      }
    }
  }

  private synchronized void connect(Socket near) {
    Socket far = new Socket();
    Pair pair = new Pair(near, far);
    if (weather instanceof Weather.Closed) {
      pair.close();
      return;
    }
    try {
      far.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target), 1_000);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    } catch (IOException e) {
      pair.close();
      return;
    }
    pairs.add(pair);
    Thread.ofVirtual().start(() -> copy(pair, near, far));
    Thread.ofVirtual().start(() -> copy(pair, far, near));
  }

  private void copy(Pair pair, Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length;
      while ((length = in.read(piece, 0, size())) >= 0) {
        pass(out, piece, length);
      }
    } catch (IOException e) {
      pairs.remove(pair); // either side has ended it
    }
    pairs.remove(pair);
    pair.close();
  }

  private int size() {
    return weather instanceof Weather.Narrow ? NARROW_PIECE : PIECE;
  }

  private void pass(OutputStream out, byte[] piece, int length) throws IOException {
    switch (weather) {
      case Weather.Fair fair -> out.write(piece, 0, length);
      case Weather.Closed closed -> out.write(piece, 0, length);
      case Weather.Slow slow -> {
        Pause.millis(slow.millis());
        write(out, piece, length);
      }
      case Weather.Narrow narrow -> {
        Pause.millis(1_000L * length / narrow.bytesPerSecond());
        write(out, piece, length);
      }
      case Weather.Dead dead -> Pause.millis(1);
    }
  }

  /** The link may have died while the bytes waited. */
  private void write(OutputStream out, byte[] piece, int length) throws IOException {
    if (!(weather instanceof Weather.Dead)) {
      out.write(piece, 0, length);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new ChaosException("a link can't be closed", e);
    }
    cut();
  }
}
