package dev.tapeline.hub.lane;

import dev.tapeline.core.Selector;
import java.util.Set;

/** A client's request that is still to be answered. Owned by the session's lane. */
public interface OpenRequest {

  /** The selectors of the request. */
  Set<Selector> selectors();

  /** Whether the request is for the selector, and the selector has not been withdrawn. */
  boolean isFor(Selector selector);

  /** Leaves the selector out of the answer. */
  void withdraw(Selector selector);

  /** Answers, if nothing is left to wait for. */
  void proceed();
}
