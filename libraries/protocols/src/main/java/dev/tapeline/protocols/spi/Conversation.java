package dev.tapeline.protocols.spi;

import dev.tapeline.core.SourceStatus;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The server's side of one connection in its protocol. Called on the connection's lane. */
public interface Conversation {

  /**
   * Takes a message of the client.
   *
   * @return whether the message was valid; too many invalid ones close the connection
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

  /** A source of data has changed its state. Not every protocol reports that. */
  default void onStatus(SourceStatus status) {}

  /** A message was dropped because the client exceeds its rate. */
  default void onRateExceeded(int ratePerSecond) {}

  /** The connection is about to be closed; the client is to reconnect after this time. */
  default void onReconnect(long afterMillis) {}

  /**
   * Sets the function that closes the connection for the protocol. Called once, at the beginning.
   */
  default void closeBy(Consumer<CloseReason> closer) {}

  /**
   * Sets the rate check for messages with many commands; called once, at the beginning. The
   * protocol asks the check before each command but the first, and the check counts it. The first
   * command counts with its message.
   */
  default void limitBy(BooleanSupplier oneMore) {}

  /** The protocol in use, if the path alone does not decide it. */
  default Optional<String> protocol() {
    return Optional.empty();
  }

  /** The close code and text for a reason, in the protocol's words. */
  default CloseCode closeCode(CloseReason reason) {
    return new CloseCode(reason.code(), reason.text());
  }
}
