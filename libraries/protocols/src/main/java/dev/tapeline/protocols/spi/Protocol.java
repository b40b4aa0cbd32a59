package dev.tapeline.protocols.spi;

import dev.tapeline.hub.lane.Session;
import java.util.Optional;

/** One way to talk to clients, chosen by the path that they connect to. Used by all lanes. */
public interface Protocol {

  /** What administrators see. */
  String name();

  /** Whether this is the protocol of a path. */
  boolean serves(String path);

  /** The WebSocket subprotocol that is chosen if the client offers it; most have none. */
  default Optional<String> subprotocol() {
    return Optional.empty();
  }

  /** Whether a client can say who it is on the connection, so that it may come without. */
  default boolean authenticates() {
    return false;
  }

  /** Whether it is a stream of server-sent events, and not a WebSocket. */
  default boolean streamsEvents() {
    return false;
  }

  /** Whether the request says what the protocol needs to know from it. */
  default boolean understands(Opening opening) {
    return true;
  }

  /** The connection is open: whatever the protocol says first is written now. */
  Conversation begin(Session session, Opening opening, Entitlement entitlement);
}
