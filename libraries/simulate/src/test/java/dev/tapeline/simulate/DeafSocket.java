package dev.tapeline.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that reads but never answers. */
public final class DeafSocket implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int CLOSE = 8;
  private static final int LONG_LENGTH = 126;

  private final Socket socket;

  private DeafSocket(Socket socket) {
    this.socket = socket;
  }

  public static DeafSocket open(int port, String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    String request =
        """
        GET %s HTTP/1.1\r
        Host: simulator\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
        \r
        """
            .formatted(path);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101"), head::toString);
    return new DeafSocket(socket);
  }

  /**
   * Reads up to the next close frame of the server, and returns its code.
   *
   * @throws IOException if the connection ends before that
   */
  public int awaitClose() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte();
      byte[] payload = new byte[length < LONG_LENGTH ? length : in.readUnsignedShort()];
      in.readFully(payload);
      if (opcode == CLOSE) {
        return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
      }
    }
  }

  /** Sends a masked ping without a payload. */
  public void ping() throws IOException {
    socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
  }

  /** Reads until the server ends its side in good order; a reset is an {@link IOException}. */
  public void awaitGoodEnd() throws IOException {
    assertEquals(-1, socket.getInputStream().read());
  }

  /** Reads until the server ends the connection; how many bytes came before that. */
  public int awaitEnd() throws IOException {
    int count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (SocketException e) {
      return count; // reset
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
