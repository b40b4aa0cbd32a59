package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;

/** The envelope that adds nothing: a frame is the payload. */
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
