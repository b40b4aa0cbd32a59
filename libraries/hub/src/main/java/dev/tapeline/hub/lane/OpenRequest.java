package dev.tapeline.hub.lane;

import dev.tapeline.core.Selector;
import java.util.Set;

/** A client's request that is still to be answered. Owned by the session's lane. */
public interface OpenRequest {

  /** What it was for from the start. */
  Set<Selector> selectors();

  /** Whether it is for this, and the client still wants it. */
  boolean isFor(Selector selector);

  /** Nothing comes of this part of the request any more. */
  void withdraw(Selector selector);

  /** Answers, if nothing is left to wait for. */
  void proceed();
}
