package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A WebSocket client on a bare socket, which reads only when it is told to. */
final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  /** Connects with this receive buffer, and says nothing. */
  RawClient(int port, int receiveBuffer) {
    this(connected(port, receiveBuffer));
  }

  private RawClient(Socket socket) {
    this.socket = socket;
    try {
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connected(int port, int receiveBuffer) {
    try {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects from this address of this machine. */
  static RawClient from(String address, int port) {
    try {
      Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(address), 0);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, sends these bytes as they are, and agrees on TLS. */
  static RawClient overTls(int port, int receiveBuffer, SSLContext trust, byte[] before) {
    Socket plain = connected(port, receiveBuffer);
    try {
      plain.getOutputStream().write(before);
      SSLSocket tls =
          (SSLSocket) trust.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
      tls.startHandshake();
      return new RawClient(tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server has shown; over TLS. */
  Certificate peerCertificate() {
    try {
      return ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawClient upgraded(int port, String path, int receiveBuffer) {
    return new RawClient(port, receiveBuffer).upgraded(path);
  }

  RawClient upgraded(String path) {
    write(upgrade(path, ""));
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new AssertionError("no upgrade: " + head);
    }
    return this;
  }

  static String upgrade(String path, String headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        + headers
        + "\r\n";
  }

  void write(String text) {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a masked text frame of at most 64 kB. */
  void send(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    frame(0x81, payload);
  }

  /** Sends a frame with this first byte, masked by zeros. */
  void frame(int first, byte[] payload) {
    write(masked(first, payload));
  }

  /** Sends text frames in one piece, so that they are read one behind the other. */
  void sendTogether(String... texts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String text : texts) {
      all.writeBytes(masked(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }
    write(all.toByteArray());
  }

  private static byte[] masked(int first, byte[] payload) {
    boolean small = payload.length < 126;
    byte[] frame = new byte[(small ? 2 : 4) + 4 + payload.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | (small ? payload.length : 126));
    if (!small) {
      frame[2] = (byte) (payload.length >> 8);
      frame[3] = (byte) payload.length;
    }
    System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
    return frame;
  }

  String readHead() {
    StringBuilder head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readByte());
      }
    } catch (EOFException e) {
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return head.toString();
  }

  /** What else the server sends until it closes. */
  String readToEnd() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a ping without a payload, which has to be next; gives two bytes to go on with. */
  String readPing() {
    try {
      assertEquals(0x89, in.readUnsignedByte());
      assertEquals(0, in.readUnsignedByte());
      return "  ";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A message of one frame.
   *
   * @param first the frame's first byte
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(int first, byte[] payload) {

    boolean isCompressed() {
      return (first & 0x40) != 0;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /** Waits until the server has sent this. */
  void readUntil(String text) {
    StringBuilder all = new StringBuilder();
    try {
      while (all.indexOf(text) < 0) {
        all.append((char) in.readByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame, as it is. */
  Message readMessage() {
    try {
      int first = in.readUnsignedByte();
      long length = in.readUnsignedByte() & 127;
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return new Message(first, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next text frame; pings are passed over, a close frame is {@code "close CODE"}. */
  String read() {
    while (true) {
      Message message = readMessage();
      byte[] payload = message.payload();
      switch (message.first() & 15) {
        case 1 -> {
          return message.text();
        }
        case 8 -> {
          return "close " + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
        }
        default -> {} // a ping
      }
    }
  }

  /** Whether the server has closed the connection, waiting for it. */
  boolean isClosedByServer() {
    try {
      while (in.read() >= 0) {
        // what was on its way
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
