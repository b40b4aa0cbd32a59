package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;

/** Frames that are the payload alone. */
public enum RawEnvelope implements Envelope {
  INSTANCE;

  @Override
  public EnvelopeEncoder encoder(String channel) {
    return new NumberlessEncoder() {
      @Override
      public Frame data(Message m) {
        return Frame.of(m.payload().json());
      }
    };
  }
}
