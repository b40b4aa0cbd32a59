package dev.tapeline.protocols.spi;

import dev.tapeline.core.SourceStatus;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One connection's conversation in its protocol. Called on the connection's lane. */
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

  /**
   * Sets what closes the connection when the protocol asks for it; called once, at the beginning.
   */
  default void closeBy(Consumer<CloseReason> closer) {}

  /**
   * Sets the rate check, called before each further command of one message, which counts the
   * command; called once, at the beginning. The first command counts with its message.
   */
  default void limitBy(BooleanSupplier oneMore) {}

  /** The protocol that is spoken, where the path alone does not tell. */
  default Optional<String> protocol() {
    return Optional.empty();
  }

  /** The close code and text for a reason, in the protocol's words. */
  default CloseCode closeCode(CloseReason reason) {
    return new CloseCode(reason.code(), reason.text());
  }
}
