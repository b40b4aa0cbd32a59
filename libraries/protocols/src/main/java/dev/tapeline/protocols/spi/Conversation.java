package dev.tapeline.protocols.spi;

import dev.tapeline.core.SourceStatus;
import java.util.Optional;

/** The server's side of one connection in its protocol. Called on the connection's lane. */
public interface Conversation {

  /**
   * Begins: writes the protocol's first frames, and subscribes to what the request asks for. Called
   * once, before anything else.
   *
   * @param opening not to be kept, because the connection may live for long
   */
  default void begin(Opening opening) {}

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
   * The client's patterns match more channels than one client may have. Told again only after a
   * pattern has ended; not every protocol reports it.
   */
  default void onTooManyMatches() {}

  /** The protocol in use, if the path alone does not decide it. */
  default Optional<String> protocol() {
    return Optional.empty();
  }

  /** The close code and text for a reason, in the protocol's words. */
  default CloseCode closeCode(CloseReason reason) {
    return new CloseCode(reason.code(), reason.text());
  }
}
