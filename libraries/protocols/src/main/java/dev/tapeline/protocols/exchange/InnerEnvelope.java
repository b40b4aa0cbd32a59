package dev.tapeline.protocols.exchange;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.protocols.spi.NumberlessEncoder;

/** Frames that are what is inside of the publisher's envelope. */
enum InnerEnvelope implements Envelope {
  INSTANCE;

  @Override
  public EnvelopeEncoder encoder(String channel) {
    return new NumberlessEncoder() {
      @Override
      public Frame data(Message m) {
        return Frame.of(StreamData.of(m));
      }
    };
  }
}
