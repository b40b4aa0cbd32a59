package dev.tapeline.gateway.protocol.exchange;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.gateway.delivery.Shape;
import dev.tapeline.gateway.frame.Frame;
import dev.tapeline.gateway.message.Message;
import dev.tapeline.gateway.message.Payload;
import dev.tapeline.gateway.protocol.NumberlessEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Frames {@code {"stream":NAME,"data":…}} under the name that the client used.
 *
 * @param name one of the few that {@link StreamName} lets a channel have; null for the channel's
 *     own
 */
record CombinedShape(@Nullable String name) implements Shape {

  static CombinedShape of(StreamName name) {
    return new CombinedShape(name.isTranslated() ? name.text() : null);
  }

  @Override
  public Envelope envelope(String channel) {
    byte[] stream = Payload.quoted(name == null ? channel : name);
    return new NumberlessEnvelope() {
      @Override
      public Frame data(Message m) {
        return Frame.of(
            ascii("{\"stream\":"), stream, ascii(",\"data\":"), StreamData.of(m), ascii("}"));
      }
    };
  }
}
