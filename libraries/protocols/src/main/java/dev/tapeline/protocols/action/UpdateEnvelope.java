package dev.tapeline.protocols.action;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEncoder;

/**
 * The frames of the older form, {@code {"type":"update","channel":C,"data":…,"timestamp":MS}}. It
 * has no sequence numbers: merged frames and snapshots look alike, and gaps and epochs are not
 * reported.
 */
enum UpdateEnvelope implements Envelope {
  INSTANCE;

  @Override
  public EnvelopeEncoder encoder(String channel) {
    byte[] quoted = Payload.quoted(channel);
    return new NumberlessEncoder() {
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
