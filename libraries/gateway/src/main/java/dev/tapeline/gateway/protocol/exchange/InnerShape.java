package dev.tapeline.gateway.protocol.exchange;

import dev.tapeline.gateway.delivery.Shape;
import dev.tapeline.gateway.frame.Frame;
import dev.tapeline.gateway.message.Message;
import dev.tapeline.gateway.protocol.NumberlessEnvelope;

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
