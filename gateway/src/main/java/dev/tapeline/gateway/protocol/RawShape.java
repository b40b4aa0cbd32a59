package dev.tapeline.gateway.protocol;

import dev.tapeline.gateway.frame.Frame;
import dev.tapeline.gateway.hub.Message;
import dev.tapeline.gateway.hub.Shape;

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
