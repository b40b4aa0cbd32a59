package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to a server that sends exactly the given bytes, and reads answers one by one. */
final class Caller implements AutoCloseable {

  private static final String LENGTH = "Content-Length: ";

  private final Socket socket;

  Caller(RestRig rig) throws IOException {
    socket = new Socket("127.0.0.1", rig.server.port());
    socket.setSoTimeout(20_000);
  }

  Caller send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  boolean hasNoAnswer() throws IOException {
    return socket.getInputStream().available() == 0;
  }

  /** Sends the text repeatedly and slowly, until the server has closed the connection. */
  boolean isEndedWhileSending(String text) throws InterruptedException {
    try {
      for (int i = 0; i < 2_000; i++) {
        send(text);
        Thread.sleep(10);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Reads the next answer, whose body has a length. */
  String answer() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      assertTrue(read >= 0, () -> "the connection ended behind: " + text);
      text.append((char) read);
    }
    int length =
        text.toString()
            .lines()
            .filter(line -> line.startsWith(LENGTH))
            .mapToInt(line -> Integer.parseInt(line.substring(LENGTH.length())))
            .findFirst()
            .orElse(0);
    byte[] body = socket.getInputStream().readNBytes(length);
    return text + new String(body, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
