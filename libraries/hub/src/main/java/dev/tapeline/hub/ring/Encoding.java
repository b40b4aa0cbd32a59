package dev.tapeline.hub.ring;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Framing;

/** An envelope and a framing: readers of a channel with the same encoding share their bytes. */
public record Encoding(Envelope envelope, Framing framing) {

  /** The same encoding without deltas. */
  public Encoding whole() {
    return new Encoding(envelope.whole(), framing);
  }
}
