package dev.tapeline.protocols.cable;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Envelope.EpochReason;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEncoder;

/**
 * The envelope {@code {"identifier":…,"message":…}}, shared by all clients with the same
 * identifier. A new epoch confirms the subscription once more: in the callback for that, clients
 * fetch what they may have missed.
 *
 * @param identifier one of the few that {@link Spellings} lets a channel have
 */
record CableEnvelope(String identifier) implements Envelope {

  static Frame confirmation(String identifier) {
    return answer(identifier, "confirm_subscription");
  }

  static Frame rejection(String identifier) {
    return answer(identifier, "reject_subscription");
  }

  private static Frame answer(String identifier, String type) {
    return Frame.of(
        ascii("{\"identifier\":"),
        Payload.quoted(identifier),
        ascii(",\"type\":\"" + type + "\"}"));
  }

  @Override
  public EnvelopeEncoder encoder(String channel) {
    byte[] quoted = Payload.quoted(identifier);
    return new NumberlessEncoder() {
      @Override
      public Frame data(Message m) {
        return Frame.of(
            ascii("{\"identifier\":"),
            quoted,
            ascii(",\"message\":"),
            m.payload().json(),
            ascii("}"));
      }

      @Override
      public Frame epoch(String epoch, long seq, EpochReason reason) {
        return confirmation(identifier);
      }
    };
  }
}
