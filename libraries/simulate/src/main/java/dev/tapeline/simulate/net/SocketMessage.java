package dev.tapeline.simulate.net;

import java.nio.charset.StandardCharsets;

/** A message of a WebSocket. */
public sealed interface SocketMessage {

  byte[] bytes();

  /** The same kind of message with other bytes. */
  SocketMessage withBytes(byte[] bytes);

  /** A text message. */
  record Text(String text) implements SocketMessage {

    @Override
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are no UTF-8 become question marks: a text message has to be text. */
    @Override
    public SocketMessage withBytes(byte[] bytes) {
      return new Text(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** A binary message. */
  final class Binary implements SocketMessage {

    private final byte[] bytes;

    public Binary(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public SocketMessage withBytes(byte[] other) {
      return new Binary(other);
    }
  }
}
