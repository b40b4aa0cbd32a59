package dev.tapeline.gateway.protocol;

import dev.tapeline.gateway.delivery.Shape;
import dev.tapeline.gateway.frame.Frame;
import dev.tapeline.gateway.message.Message;

/** Frames that are the payload alone. */
public enum RawShape implements Shape {
  INSTANCE;

  @Override
  public Envelope envelope(String channel) {
    return new NumberlessEnvelope() {
      @Override
      public Frame data(Message m) {
        return Frame.of(m.payload().json());
      }
    };
  }
}
