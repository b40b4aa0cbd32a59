package dev.tapeline.protocols.spi;

import java.util.Optional;

/** A wire protocol, chosen by the path that a client connects to. Used by all lanes. */
public interface Protocol {

  /** The name that administrators see. */
  String name();

  /** Whether the protocol is spoken on a path. */
  boolean serves(String path);

  /** The WebSocket subprotocol to choose if the client offers it; most protocols have none. */
  default Optional<String> subprotocol() {
    return Optional.empty();
  }

  /**
   * Whether a client can authenticate on the open connection, and so connect without a credential.
   */
  default boolean authenticates() {
    return false;
  }

  /** Whether the protocol is a stream of server-sent events, and not a WebSocket. */
  default boolean streamsEvents() {
    return false;
  }

  /** Whether the request has all that the protocol needs from it. */
  default boolean understands(Opening opening) {
    return true;
  }

  /** Makes the conversation of a new connection, which {@linkplain Conversation#begin begins}. */
  Conversation newConversation(ConversationContext context, Opening opening);
}
