package dev.tapeline.protocols.action;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Shape;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEnvelope;

/**
 * The frames of the older form, {@code {"type":"update","channel":C,"data":…,"timestamp":MS}}. It
 * has no numbers: merged frames and snapshots look alike, and of gaps and epochs it can't tell.
 */
enum UpdateShape implements Shape {
  INSTANCE;

  @Override
  public Envelope envelope(String channel) {
    byte[] quoted = Payload.quoted(channel);
    return new NumberlessEnvelope() {
      @Override
      public Frame data(Message m) {
        return Frame.of(
            ascii("{\"type\":\"update\",\"channel\":"),
            quoted,
            ascii(",\"data\":"),
            m.payload().json(),
            ascii(",\"timestamp\":" + m.receivedMillis() + '}'));
      }
    };
  }
}
