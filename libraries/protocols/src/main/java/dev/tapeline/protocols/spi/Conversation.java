package dev.tapeline.protocols.spi;

import dev.tapeline.core.SourceStatus;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the protocol does for one connection. Called on its lane's thread. */
public interface Conversation {

  /**
   * Takes a message of the client.
   *
   * @return whether it made sense; after too many that don't, the connection is closed
   */
  boolean onText(String text);

  /**
   * Takes a binary message of the client.
   *
   * @return whether the protocol has such messages; if not, the connection is closed
   */
  default boolean onBinary(byte[] message) {
    return false;
  }

  /** A source of data has changed its state. Not every protocol has words for that. */
  default void onStatus(SourceStatus status) {}

  /** The client sends more than it may, and this message was thrown away. */
  default void onRateExceeded(int ratePerSecond) {}

  /** The connection is about to be closed: come back after this many milliseconds. */
  default void onReconnect(long afterMillis) {}

  /** Takes, at the beginning, what closes the connection if the protocol itself wants to. */
  default void closeBy(Consumer<CloseReason> closer) {}

  /**
   * Takes, at the beginning, what says whether the client may have one more command of the same
   * message obeyed, and counts it; the first one has been counted with the message.
   */
  default void limitBy(BooleanSupplier oneMore) {}

  /** The protocol that is spoken, where the path alone does not tell. */
  default Optional<String> protocol() {
    return Optional.empty();
  }

  /** How the client is told why its connection is closed. */
  default CloseCode closeCode(CloseReason reason) {
    return new CloseCode(reason.code(), reason.text());
  }
}
