package dev.tapeline.core;

import java.util.Optional;

/** The state that the publications of a {@code delta} channel build up, such as an order book. */
public interface Fold {

  /** Applies the next publication, or ignores it if it can't be used. */
  void apply(byte[] payload);

  /** The whole state as a payload of the same channel; empty while it is not completely known. */
  Optional<byte[]> snapshot();

  /** Forgets the state, because publications may have been missed. */
  void reset();
}
