package dev.tapeline.hub.ring;

import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.frame.Shape;

/** The bytes that readers of a channel share: those of one shape in one framing. */
public record Encoding(Shape shape, Framing framing) {

  /** The same with each publication whole. */
  public Encoding whole() {
    return new Encoding(shape.whole(), framing);
  }
}
