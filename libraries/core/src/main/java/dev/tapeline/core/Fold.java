package dev.tapeline.core;

import java.util.Optional;

/** What the publications of a {@code delta} channel build up: an order book, say. */
public interface Fold {

  /** Takes the next publication. One that it can't use it leaves out. */
  void apply(byte[] payload);

  /** All that was built, as a payload of the same channel; empty while that is not known whole. */
  Optional<byte[]> snapshot();

  /** Forgets all: publications may have been missed. */
  void reset();
}
