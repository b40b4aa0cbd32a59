package dev.tapeline.gateway.protocol;

import dev.tapeline.gateway.hub.Session;

/** One way to talk to clients, chosen by the path that they connect to. */
public interface Protocol {

  /** The connection is open: whatever the protocol says first is written now. */
  Conversation begin(Session session);
}
