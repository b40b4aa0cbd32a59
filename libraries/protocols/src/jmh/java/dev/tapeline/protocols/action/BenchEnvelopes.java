package dev.tapeline.protocols.action;

import dev.tapeline.hub.frame.Envelope;
import java.util.List;

/** The envelopes of frames, for benchmarks. */
public final class BenchEnvelopes {

  private BenchEnvelopes() {}

  public static List<Envelope> all() {
    return List.of(NativeEnvelope.PLAIN, NativeEnvelope.STAMPED, UpdateEnvelope.INSTANCE);
  }
}
