package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Shape;
import dev.tapeline.hub.message.Message;

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
