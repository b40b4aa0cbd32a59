package dev.tapeline.protocols.exchange;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Shape;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEnvelope;
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
