package dev.tapeline.hub.ring;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Framing;

/** The bytes that readers of a channel share: those of one envelope in one framing. */
public record Encoding(Envelope envelope, Framing framing) {

  /** The same with each publication whole. */
  public Encoding whole() {
    return new Encoding(envelope.whole(), framing);
  }
}
