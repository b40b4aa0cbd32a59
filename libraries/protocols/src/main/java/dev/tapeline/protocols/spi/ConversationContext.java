package dev.tapeline.protocols.spi;

import dev.tapeline.hub.lane.Session;

/** The connection on which a conversation is held. Owned by the connection's lane. */
public interface ConversationContext {

  Session session();

  Entitlement entitlement();

  /** Closes the connection. */
  void close(CloseReason reason);

  /**
   * Counts one more command of a message with many against the client's rate; returns whether it
   * may be executed. The first command counts with its message.
   */
  boolean takeCommand();
}
