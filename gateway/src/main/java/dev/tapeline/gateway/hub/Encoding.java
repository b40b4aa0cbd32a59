package dev.tapeline.gateway.hub;

import dev.tapeline.gateway.frame.Framing;

/** The bytes that readers of a channel share: those of one shape in one framing. */
record Encoding(Shape shape, Framing framing) {

  /** The same with each publication whole. */
  Encoding whole() {
    return new Encoding(shape.whole(), framing);
  }
}
