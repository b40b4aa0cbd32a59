package dev.tapeline.protocols.exchange;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Shape;
import dev.tapeline.hub.message.Message;
import dev.tapeline.protocols.spi.NumberlessEnvelope;

/** Frames that are what is inside of the publisher's envelope. */
enum InnerShape implements Shape {
  INSTANCE;

  @Override
  public Envelope envelope(String channel) {
    return new NumberlessEnvelope() {
      @Override
      public Frame data(Message m) {
        return Frame.of(StreamData.of(m));
      }
    };
  }
}
