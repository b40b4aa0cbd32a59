package dev.tapeline.protocols.exchange;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.protocols.spi.NumberlessEncoder;

/** The envelope whose frames are the data within the publisher's envelope. */
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
