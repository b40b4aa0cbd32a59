package dev.tapeline.hub.slow;

import dev.tapeline.hub.frame.Envelope;

/** A client as the ladder sees it. Owned by its lane. */
public interface PacedClient {

  /** Whether its connection has not taken all that was written to it. */
  boolean isBlocked();

  /** Returns whether all had been written at some time since the last call. */
  boolean takeKeptUp();

  /** How many publications are still to be written. */
  long missing();

  /** Whether it is about to lose publications that a step down would spare it. */
  boolean isPastHalf();

  /** Changes what the client gets, and tells it why. */
  void onStep(Tier from, Envelope.ModeReason reason);

  /** Ends its connection: the client is too slow for publications that can't be left out. */
  void giveUp();
}
