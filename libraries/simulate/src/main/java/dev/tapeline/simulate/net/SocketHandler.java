package dev.tapeline.simulate.net;

import java.util.List;

/** Receives what the client of one socket does, on the server's loop. */
public interface SocketHandler {

  /** The handshake is over. */
  void onOpen();

  void onText(String text);

  /** A binary message, which most vendors ignore. */
  default void onBinary(byte[] bytes) {}

  /** A ping, which is answered already. */
  default void onPing() {}

  default void onPong(byte[] payload) {}

  /** The socket is closed, by either side; the last call. */
  default void onClosed() {}

  /** What the client is subscribed to, as the state shows it. */
  default List<String> subscriptions() {
    return List.of();
  }
}
