package dev.tapeline.feed.net;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A server on the loopback interface that treats each connection as its test says, well or badly.
 * It writes the frames of WebSockets byte by byte, as no library sends what is wrong.
 */
final class VendorServer implements AutoCloseable {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listening;
  private final String scheme;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** What a test does with a connection, on a thread of its own. */
  interface Script {

    void run(Peer peer) throws IOException, InterruptedException;
  }

  /** A frame as the client has sent it. */
  record ReceivedFrame(int opcode, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private VendorServer(ServerSocket listening, String scheme, Script script) {
    this.listening = listening;
    this.scheme = scheme;
    Thread.ofPlatform().daemon().start(() -> accept(script));
  }

  static VendorServer of(Script script) {
    return of(ServerSocketFactory.getDefault(), "ws", script);
  }

  static VendorServer of(ServerSocketFactory factory, String scheme, Script script) {
    try {
      ServerSocket listening =
          factory.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      return new VendorServer(listening, scheme, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket, script));
      }
    } catch (IOException _) {
      return; // the server is closed
    }
  }

  private void serve(Socket socket, Script script) {
    try {
      Peer peer = new Peer(socket);
      peers.add(peer);
      script.run(peer);
    } catch (IOException _) {
      return; // the client is gone
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  URI uri() {
    return uri("127.0.0.1");
  }

  URI uri(String host) {
    return URI.create("%s://%s:%d/feed?token=top-secret-token".formatted(scheme, host, port()));
  }

  /** All connections so far. */
  List<Peer> peers() {
    return List.copyOf(peers);
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Peer peer : peers) {
        peer.socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection. */
  static final class Peer {

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final List<String> head = new ArrayList<>();

    private Peer(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      this.socket = socket;
      this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** Reads the request and upgrades to a WebSocket. */
    Peer upgrade() throws IOException {
      return upgrade("");
    }

    /** Upgrades with more headers, each with a line break. */
    Peer upgrade(String headers) throws IOException {
      readHead();
      write(
          """
          HTTP/1.1 101 Switching Protocols\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Accept: %s\r
          %s\r
          """
              .formatted(acceptance(header("Sec-WebSocket-Key")), headers));
      return this;
    }

    private static String acceptance(String key) {
      try {
        byte[] text = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Reads the lines of the request. */
    List<String> readHead() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int next = in.readUnsignedByte();
        if (next != '\n') {
          line.append((char) next);
        } else if (line.toString().isBlank()) {
          return head;
        } else {
          head.add(line.toString().strip());
          line.setLength(0);
        }
      }
    }

    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }

    /** Answers with another status than an upgrade. */
    void refuse(int status, String headers, String body) throws IOException {
      readHead();
      write(
          "HTTP/1.1 %d No\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(status, headers, body.length(), body));
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    void text(String text) throws IOException {
      frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] bytes) throws IOException {
      frame(0x82, bytes);
    }

    /**
     * Sends a frame.
     *
     * @param first the first byte: FIN and the opcode
     */
    void frame(int first, byte[] payload) throws IOException {
      out.write(frameOf(first, payload));
      out.flush();
    }

    static byte[] frameOf(int first, byte[] payload) {
      int length = payload.length;
      byte[] start;
      if (length < 126) {
        start = new byte[] {(byte) first, (byte) length};
      } else if (length < 65_536) {
        start = new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
      } else {
        start =
            new byte[] {
              (byte) first,
              127,
              0,
              0,
              0,
              0,
              (byte) (length >> 24),
              (byte) (length >> 16),
              (byte) (length >> 8),
              (byte) length
            };
      }
      byte[] frame = Arrays.copyOf(start, start.length + length);
      System.arraycopy(payload, 0, frame, start.length, length);
      return frame;
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void sendClose(int code, String reason) throws IOException {
      byte[] text = reason.getBytes(StandardCharsets.UTF_8);
      byte[] payload = new byte[text.length + 2];
      payload[0] = (byte) (code >> 8);
      payload[1] = (byte) code;
      System.arraycopy(text, 0, payload, 2, text.length);
      frame(0x88, payload);
    }

    ReceivedFrame read() throws IOException {
      int opcode = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      return new ReceivedFrame(opcode, payload);
    }

    /** Reads until the client has sent a close frame; its code. */
    int readUntilClose() throws IOException {
      ReceivedFrame frame = read();
      while (frame.opcode() != 8) {
        frame = read();
      }
      return (frame.payload()[0] & 0xff) << 8 | (frame.payload()[1] & 0xff);
    }

    /** Reads to the end of the connection, however the client makes it. */
    void readToEnd() {
      try (InputStream rest = in) {
        rest.transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        return; // a reset is an end too
      }
    }

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Ends the connection without a close frame. */
    void end() throws IOException {
      socket.close();
    }

    /** Leaves the connection open and does nothing more. */
    void idle() throws InterruptedException {
      Thread.currentThread().join(); // for ever: a daemon
    }
  }
}
